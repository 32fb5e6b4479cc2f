package dev.latchkey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.FreePort;
import dev.latchkey.testing.RefusedStart;
import dev.latchkey.testing.StubPart;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process itself, without a part that it needs: one sentence, exit code 1, within 10 s. */
final class AgentWorkerMainTest {
    private final StubPart everyPart = StubPart.answering(200);
    private final StubPart forbidding = StubPart.answering(403);
    private final int closedPort = FreePort.find();

    @AfterEach
    void stop() {
        everyPart.close();
        forbidding.close();
    }

    @Test
    void namesASettingThatIsMissing() {
        assertThat(refusal("LATCHKEY_VAULT_TOKEN", ""))
                .isEqualTo("agent-worker: environment variable LATCHKEY_VAULT_TOKEN is not set, and neither is"
                        + " LATCHKEY_VAULT_ROLE_ID");
    }

    @Test
    void namesAnIssuerThatIsAway() {
        assertThat(refusal("LATCHKEY_JWKS_URL", away()))
                .isEqualTo("agent-worker: the token issuer does not answer at " + away() + " (LATCHKEY_JWKS_URL)");
    }

    @Test
    void namesARegistryThatIsAway() {
        assertThat(refusal("LATCHKEY_REGISTRY_URL", away()))
                .isEqualTo("agent-worker: the schema registry does not answer at " + away()
                        + "/subjects (LATCHKEY_REGISTRY_URL)");
    }

    @Test
    void namesAVaultThatIsAway() {
        assertThat(refusal("LATCHKEY_VAULT_ADDR", away()))
                .isEqualTo("agent-worker: Vault at " + away() + " (LATCHKEY_VAULT_ADDR) does not answer");
    }

    @Test
    void namesAVaultThatDoesNotKnowTheToken() {
        assertThat(refusal("LATCHKEY_VAULT_ADDR", forbidding.url()))
                .isEqualTo("agent-worker: Vault at " + forbidding.url()
                        + " (LATCHKEY_VAULT_ADDR) does not accept the token in LATCHKEY_VAULT_TOKEN");
    }

    @Test
    void namesAKafkaThatIsAway() {
        assertThat(refusal("LATCHKEY_KAFKA", "localhost:" + closedPort))
                .isEqualTo("agent-worker: Kafka does not answer at localhost:" + closedPort + " (LATCHKEY_KAFKA)");
    }

    /** What the worker says last when one setting is as given. */
    private String refusal(String setting, String value) {
        var variables = new HashMap<>(Map.of(
                "LATCHKEY_KAFKA",
                "localhost:" + closedPort,
                "LATCHKEY_REGISTRY_URL",
                everyPart.url(),
                "LATCHKEY_VAULT_ADDR",
                everyPart.url(),
                "LATCHKEY_VAULT_TOKEN",
                "t",
                "LATCHKEY_AGENT_SECRET",
                "secret-of-the-two",
                "LATCHKEY_PNL_SECRET",
                "secret-of-the-others",
                "LATCHKEY_JWKS_URL",
                everyPart.url()));
        variables.put(setting, value);
        return RefusedStart.sentence(AgentWorkerMain.class, variables);
    }

    private String away() {
        return "http://localhost:" + closedPort;
    }
}
