package dev.latchkey.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortsTest {
    @Test
    void staysWhereEverybodyLooks() {
        assertThat(Ports.stable(0).numbers())
                .isEqualTo(Map.ofEntries(
                        Map.entry(Listener.API, 8080),
                        Map.entry(Listener.REGISTRY, 8081),
                        Map.entry(Listener.ROUTER, 8082),
                        Map.entry(Listener.AGENT_WORKER, 8083),
                        Map.entry(Listener.PNL_WORKER, 8084),
                        Map.entry(Listener.PROVIDERS, 8090),
                        Map.entry(Listener.POSTGRES, 5432),
                        Map.entry(Listener.TRANSIT, 8200),
                        Map.entry(Listener.ISSUER, 8300),
                        Map.entry(Listener.KAFKA, 9092),
                        Map.entry(Listener.KAFKA_CONTROLLER, 9093)));
    }

    @Test
    void anOffsetShiftsAll() {
        var shifted = new HashMap<Listener, Integer>();
        Ports.stable(0).numbers().forEach((listener, port) -> shifted.put(listener, port + 1000));

        assertThat(Ports.stable(1000)).isEqualTo(new Ports(shifted));
        assertThat(Ports.stable(1000).url(Listener.API)).isEqualTo("http://localhost:9080");
    }

    @ParameterizedTest
    @ValueSource(ints = {-5432, 56_443, -70_000, 2_147_480_000})
    void anOffsetOutOfRangeIsRefused(int offset) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Ports.stable(offset))
                .withMessage("--port-offset " + offset + " leads to a port below 1 or above 65535");
    }

    @ParameterizedTest
    @ValueSource(ints = {-5431, 56_442})
    void anOffsetGoesAsFarAsPortsGo(int offset) {
        assertThatNoException().isThrownBy(() -> Ports.stable(offset));
    }

    @Test
    void freePortsAreFreeAndDiffer() {
        var ports = Ports.free();

        assertThat(ports.numbers()).containsOnlyKeys(Listener.values());
        assertThat(ports.numbers().values()).doesNotHaveDuplicates();
        assertThatNoException().isThrownBy(ports::requireFree);
    }

    @Test
    void aTakenPortIsNamedWithItsListenerAndTheOptionThatHelps() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var numbers = new HashMap<>(Ports.free().numbers());
            numbers.put(Listener.REGISTRY, taken.getLocalPort());
            var ports = new Ports(numbers);

            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(ports::requireFree)
                    .withMessage("somebody listens already at port " + taken.getLocalPort()
                            + " (the schema registry): stop that program, or shift all ports with --port-offset");
        }
    }
}
