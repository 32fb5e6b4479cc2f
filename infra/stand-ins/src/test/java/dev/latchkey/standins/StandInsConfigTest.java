package dev.latchkey.standins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.providers.Delays;
import dev.latchkey.standins.transit.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StandInsConfigTest {
    @Test
    void hasADefaultForAllButItsDirectory() {
        assertThat(StandInsConfig.from(new Settings(Map.of("LATCHKEY_STATE_DIR", "/state"))))
                .isEqualTo(new StandInsConfig(
                        new Listen("127.0.0.1", 8200),
                        new Listen("127.0.0.1", 8090),
                        new Listen("127.0.0.1", 8300),
                        Path.of("/state"),
                        Path.of("/state/issuer.json"),
                        "latchkey",
                        Map.of(),
                        Map.of(),
                        new Delays(Duration.ofSeconds(5), Duration.ofSeconds(2)),
                        "latchkey-dev",
                        "latchkey"));
    }

    @Test
    void readsEverySetting() {
        var settings = new Settings(Map.ofEntries(
                Map.entry("LATCHKEY_STATE_DIR", "/state"),
                Map.entry("LATCHKEY_STANDINS_ISSUER_KEY", "/keys/mine.json"),
                Map.entry("LATCHKEY_STANDINS_HOST", "0.0.0.0"),
                Map.entry("LATCHKEY_STANDINS_TRANSIT_PORT", "1"),
                Map.entry("LATCHKEY_STANDINS_PROVIDER_PORT", "2"),
                Map.entry("LATCHKEY_STANDINS_ISSUER_PORT", "3"),
                Map.entry("LATCHKEY_STANDINS_SLOW", "100ms"),
                Map.entry("LATCHKEY_STANDINS_RETRY_AFTER", "1s"),
                Map.entry("LATCHKEY_STANDINS_ROOT_TOKEN", "r"),
                Map.entry("LATCHKEY_STANDINS_API_TOKEN", "a"),
                Map.entry("LATCHKEY_STANDINS_WORKER_TOKEN", "w"),
                Map.entry("LATCHKEY_STANDINS_PUBLISHER_TOKEN", "p"),
                Map.entry("LATCHKEY_STANDINS_ROTATOR_TOKEN", "o"),
                Map.entry("LATCHKEY_STANDINS_API_SECRET_ID", "as"),
                Map.entry("LATCHKEY_STANDINS_WORKER_SECRET_ID", "ws"),
                Map.entry("LATCHKEY_STANDINS_ROTATOR_SECRET_ID", "os"),
                Map.entry("LATCHKEY_TRANSIT_KEY", "other"),
                Map.entry("LATCHKEY_JWT_ISSUER", "me"),
                Map.entry("LATCHKEY_JWT_AUDIENCE", "you")));

        assertThat(StandInsConfig.from(settings))
                .isEqualTo(new StandInsConfig(
                        new Listen("0.0.0.0", 1),
                        new Listen("0.0.0.0", 2),
                        new Listen("0.0.0.0", 3),
                        Path.of("/state"),
                        Path.of("/keys/mine.json"),
                        "other",
                        Map.of(
                                Identity.ROOT, "r",
                                Identity.API, "a",
                                Identity.WORKER, "w",
                                Identity.PUBLISHER, "p",
                                Identity.ROTATOR, "o"),
                        Map.of(
                                Identity.API, "as",
                                Identity.WORKER, "ws",
                                Identity.ROTATOR, "os"),
                        new Delays(Duration.ofMillis(100), Duration.ofSeconds(1)),
                        "me",
                        "you"));
    }

    @Test
    void needsADirectory() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> StandInsConfig.from(new Settings(Map.of())))
                .withMessage("environment variable LATCHKEY_STATE_DIR is not set");
    }
}
