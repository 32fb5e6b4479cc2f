package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.process.Output;
import dev.latchkey.testing.TestProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that lacks what it needs says what, in one sentence, and ends within ten seconds. */
final class WithoutPartsTest {
    private static final Duration PROMISED = Duration.ofSeconds(10);
    /** At ports that nobody has, each of another part. */
    private static final Map<String, String> NOBODY_THERE = Map.of(
            "LATCHKEY_KAFKA", "localhost:1",
            "LATCHKEY_REGISTRY_URL", "http://localhost:2",
            "LATCHKEY_DATABASE_URL", "jdbc:postgresql://localhost:3/latchkey",
            "LATCHKEY_DATABASE_USER", "nobody",
            "LATCHKEY_DATABASE_PASSWORD", "nothing",
            "LATCHKEY_VAULT_ADDR", "http://localhost:4",
            "LATCHKEY_VAULT_TOKEN", "none",
            "LATCHKEY_AGENT_SECRET", "secret-of-the-two",
            "LATCHKEY_PNL_SECRET", "secret-of-the-others",
            "LATCHKEY_JWKS_URL", "http://localhost:5");

    @ParameterizedTest
    @CsvSource({
        "api, LATCHKEY_DATABASE_URL",
        "router, LATCHKEY_KAFKA",
        "agent-worker, LATCHKEY_KAFKA",
        "pnl-worker, LATCHKEY_KAFKA"
    })
    void aServiceNamesTheFirstSettingThatIsMissing(String service, String setting) throws Exception {
        assertThat(ended(service, Map.of()))
                .isEqualTo(new Output(1, List.of(service + ": environment variable " + setting + " is not set")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "router", "agent-worker", "pnl-worker"})
    void aServiceNamesTheFirstPartThatIsAway(String service) throws Exception {
        assertThat(ended(service, NOBODY_THERE))
                .isEqualTo(new Output(
                        1,
                        List.of(service + ": the token issuer does not answer at http://localhost:5"
                                + " (LATCHKEY_JWKS_URL)")));
    }

    /** How it ended in time, and what it complained about. */
    private static Output ended(String service, Map<String, String> settings) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Checkout.distribution().jar(service).toString();
        var program = TestProgram.of(List.of(java, "-XX:TieredStopAtLevel=1", "-jar", jar));
        program.environment().putAll(settings);
        var process = program.start();
        try {
            assertThat(process.waitFor(PROMISED.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            return new Output(
                    process.exitValue(),
                    process.errorReader(StandardCharsets.UTF_8).lines().toList());
        } finally {
            process.destroyForcibly();
        }
    }
}
