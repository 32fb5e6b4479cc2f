package dev.latchkey.standins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.Shutdown;
import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandInsMainTest {
    @TempDir
    private Path directory;

    @Test
    void startsAllThreeAndEndsWhenAsked() throws Exception {
        var shutdown = new Shutdown();
        shutdown.ask();

        StandInsMain.serve(settings("0"), shutdown);

        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("transit.json", "issuer.json");
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = settings(Integer.toString(taken.getLocalPort()));

            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> StandInsMain.serve(settings, new Shutdown()))
                    .withMessage("the dev transit can not listen at 127.0.0.1:" + taken.getLocalPort());
        }
    }

    private Settings settings(String transitPort) {
        return new Settings(Map.of(
                "LATCHKEY_STATE_DIR",
                directory.toString(),
                "LATCHKEY_STANDINS_TRANSIT_PORT",
                transitPort,
                "LATCHKEY_STANDINS_PROVIDER_PORT",
                "0",
                "LATCHKEY_STANDINS_ISSUER_PORT",
                "0"));
    }
}
