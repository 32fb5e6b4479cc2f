package dev.latchkey.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.FreePort;
import dev.latchkey.testing.RefusedStart;
import dev.latchkey.testing.StubPart;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process itself, without the parts it needs: one sentence, exit code 1, within 10 s. */
final class RouterMainTest {
    private final StubPart issuer = StubPart.answering(200);
    private final StubPart registry = StubPart.answering(200);
    private final int closedPort = FreePort.find();

    @AfterEach
    void stop() {
        issuer.close();
        registry.close();
    }

    @Test
    void namesASettingThatIsMissing() {
        assertThat(refusal("LATCHKEY_KAFKA", "")).isEqualTo("router: environment variable LATCHKEY_KAFKA is not set");
    }

    @Test
    void namesAnIssuerThatIsAway() {
        assertThat(refusal("LATCHKEY_JWKS_URL", away()))
                .isEqualTo("router: the token issuer does not answer at " + away() + " (LATCHKEY_JWKS_URL)");
    }

    @Test
    void namesARegistryThatIsAway() {
        assertThat(refusal("LATCHKEY_REGISTRY_URL", away()))
                .isEqualTo("router: the schema registry does not answer at " + away()
                        + "/subjects (LATCHKEY_REGISTRY_URL)");
    }

    @Test
    void namesAKafkaThatIsAway() {
        assertThat(refusal("LATCHKEY_KAFKA", "localhost:" + closedPort))
                .isEqualTo("router: Kafka does not answer at localhost:" + closedPort + " (LATCHKEY_KAFKA)");
    }

    /** What the router says last when one setting is as given. */
    private String refusal(String setting, String value) {
        var variables = new HashMap<>(Map.of(
                "LATCHKEY_KAFKA", "localhost:" + closedPort,
                "LATCHKEY_REGISTRY_URL", registry.url(),
                "LATCHKEY_JWKS_URL", issuer.url()));
        variables.put(setting, value);
        return RefusedStart.sentence(RouterMain.class, variables);
    }

    private String away() {
        return "http://localhost:" + closedPort;
    }
}
