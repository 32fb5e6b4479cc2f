package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PartsTest {
    private final int nobody = freePort();
    private final KafkaSettings absent = new KafkaSettings(
            "localhost:" + nobody, RegistryFormat.Settings.apicurio(URI.create("http://localhost:" + nobody)));

    @Test
    void namesKafkaAndItsSettingWithinTenSecondsAndLogsNothing() {
        var before = Instant.now();
        var errors = System.err;
        var log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> Parts.requireKafka(absent, Topics.PROMPTS))
                    .withMessage("Kafka does not answer at localhost:" + nobody + " (LATCHKEY_KAFKA)");
        } finally {
            System.setErr(errors);
        }

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void namesTheRegistryAndItsSetting() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Parts.requireRegistry(absent))
                .withMessage("the schema registry does not answer at http://localhost:" + nobody
                        + "/subjects (LATCHKEY_REGISTRY_URL)");
    }

    @Test
    void wantsAPartToAnswerWell() throws IOException {
        var part = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        part.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(500, -1);
            }
        });
        part.start();
        var url = URI.create("http://localhost:" + part.getAddress().getPort() + "/");
        try {
            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> Parts.requireHttp("the part", url, "LATCHKEY_PART"))
                    .withMessage("the part at " + url + " (LATCHKEY_PART) answers with status 500");
        } finally {
            part.stop(0);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
