package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that lacks what it needs says what, in one sentence, and ends within ten seconds. */
final class WithoutPartsTest {
    private static final Map<String, String> NOBODY_THERE = Map.of(
            "LATCHKEY_KAFKA", "localhost:1",
            "LATCHKEY_REGISTRY_URL", "http://localhost:1",
            "LATCHKEY_DATABASE_URL", "jdbc:postgresql://localhost:1/latchkey",
            "LATCHKEY_DATABASE_USER", "nobody",
            "LATCHKEY_DATABASE_PASSWORD", "nothing",
            "LATCHKEY_VAULT_ADDR", "http://localhost:1",
            "LATCHKEY_VAULT_TOKEN", "none",
            "LATCHKEY_AGENT_SECRET", "secret-of-the-two",
            "LATCHKEY_JWKS_URL", "http://localhost:1");

    @ParameterizedTest
    @ValueSource(strings = {"api", "router", "agent-worker", "pnl-worker"})
    void aServiceNamesTheSettingThatIsMissing(String service) throws Exception {
        var process = start(service, Map.of());

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(said(process)).matches(service + ": environment variable LATCHKEY_\\w+ is not set\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "router", "agent-worker", "pnl-worker"})
    void aServiceNamesThePartThatIsAway(String service) throws Exception {
        var process = start(service, NOBODY_THERE);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(said(process))
                .startsWith(service + ": ")
                .contains("localhost:1", "LATCHKEY_")
                .hasLineCount(1);
    }

    private static Process start(String service, Map<String, String> settings) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Checkout.distribution().jar(service).toString();
        var builder = TestProgram.of(List.of(java, "-XX:TieredStopAtLevel=1", "-jar", jar));
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
