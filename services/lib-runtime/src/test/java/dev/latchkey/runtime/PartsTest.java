package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PartsTest {
    private final int nobody = freePort();
    private final KafkaSettings absent = new KafkaSettings(
            "localhost:" + nobody, RegistryFormat.Settings.apicurio(URI.create("http://localhost:" + nobody)));

    @Test
    void namesKafkaAndItsSettingWithinTenSeconds() {
        var before = Instant.now();

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Parts.requireKafka(absent, Topics.PROMPTS))
                .withMessage("Kafka does not answer at localhost:" + nobody + " (LATCHKEY_KAFKA)");

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void namesTheRegistryAndItsSetting() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Parts.requireRegistry(absent))
                .withMessage("the schema registry does not answer at http://localhost:" + nobody
                        + "/subjects (LATCHKEY_REGISTRY_URL)");
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
