package dev.latchkey.pnl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.FreePort;
import dev.latchkey.testing.RefusedStart;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process itself, without a part that it needs: one sentence, exit code 1, within 10 s. */
@SuppressWarnings("NullAway.Init")
final class PnlWorkerMainTest {
    private static final int NOBODY = FreePort.find();
    private static final String AWAY = "http://localhost:" + NOBODY;

    @TempDir
    static Path directory;

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation(directory);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void namesASettingThatIsMissing() {
        assertThat(refusal(Map.of("LATCHKEY_KAFKA", ""))).isEqualTo("environment variable LATCHKEY_KAFKA is not set");
    }

    @Test
    void namesASettingThatDoesNotFit() {
        assertThat(refusal(Map.of("LATCHKEY_BOOK_METHOD", "LIFO")))
                .isEqualTo("environment variable LATCHKEY_BOOK_METHOD must be FIFO or AVERAGE, not LIFO");
    }

    @Test
    void namesAnIssuerThatIsAway() {
        assertThat(refusal(Map.of("LATCHKEY_JWKS_URL", AWAY)))
                .isEqualTo("the token issuer does not answer at " + AWAY + " (LATCHKEY_JWKS_URL)");
    }

    @Test
    void namesARegistryThatIsAway() {
        assertThat(refusal(Map.of("LATCHKEY_REGISTRY_URL", AWAY)))
                .isEqualTo("the schema registry does not answer at " + AWAY + "/subjects (LATCHKEY_REGISTRY_URL)");
    }

    @Test
    void namesAVaultThatIsAway() {
        assertThat(refusal(Map.of("LATCHKEY_VAULT_ADDR", AWAY)))
                .isEqualTo("Vault at " + AWAY + " (LATCHKEY_VAULT_ADDR) does not answer");
    }

    @Test
    void namesAKafkaThatIsAway() {
        assertThat(refusal(Map.of("LATCHKEY_KAFKA", "localhost:" + NOBODY)))
                .isEqualTo("Kafka does not answer at localhost:" + NOBODY + " (LATCHKEY_KAFKA)");
    }

    @Test
    void namesTopicsThatKafkaDoesNotHave() {
        assertThat(refusal(Map.of()))
                .isEqualTo(
                        "Kafka at " + installation.broker().bootstrap() + " (LATCHKEY_KAFKA) has no topic"
                                + " trades, data-keys, prices, corporate-actions, pnl, pnl-closed, dead-letters: create the topics first");
    }

    /** What the worker says last, after its name. */
    private static String refusal(Map<String, String> more) {
        var variables = installation.variables();
        variables.putAll(more);
        var last = RefusedStart.sentence(PnlWorkerMain.class, variables);
        assertThat(last).startsWith("pnl-worker: ");
        return last.substring("pnl-worker: ".length());
    }
}
