package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator's tools ask each service. */
@ExtendWith(OneStack.class)
final class HealthTest {
    /** The services may just be recovering from what another test did to their parts. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(names = {"API", "ROUTER", "AGENT_WORKER", "PNL_WORKER"})
    void everyServiceIsLiveAndReadyAndTellsItsMetrics(Listener service, Stack stack) throws IOException {
        var address = stack.ports().url(service);

        assertThat(get(address + "/health/live")).isEqualTo("{\"status\":\"live\"}");
        await().atMost(PATIENCE).until(() -> Readiness.isOk(URI.create(address + "/health/ready")));
        assertThat(get(address + "/health/ready"))
                .startsWith("{\"status\":\"ready\"")
                .doesNotContain("false");
        assertThat(get(address + "/metrics")).contains("# TYPE ");
    }

    private static String get(String address) throws IOException {
        try (var in = URI.create(address).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
