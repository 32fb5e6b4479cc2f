package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, as auditors run it. */
final class AuditMainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NO_REGISTRY = "http://localhost:1/apis/ccompat/v7";

    private record Ended(int status, String out, String err) {}

    private Path directory;

    @BeforeEach
    void takeDirectory(@TempDir Path temporary) {
        directory = temporary;
    }

    @Test
    void saysInOneSentenceThatKafkaIsAway() throws Exception {
        assertThat(run("replay", "--bootstrap", "localhost:1"))
                .isEqualTo(new Ended(1, "", "audit: Kafka does not answer at localhost:1 (LATCHKEY_KAFKA)\n"));
    }

    @Test
    void saysInOneSentenceThatTheTopicIsNotThere() throws Exception {
        try (var broker = Broker.start(directory.resolve("kafka"))) {
            assertThat(run("replay", "--bootstrap", broker.bootstrap(), "--registry", NO_REGISTRY))
                    .isEqualTo(new Ended(
                            1,
                            "",
                            "audit: Kafka at " + broker.bootstrap()
                                    + " (LATCHKEY_KAFKA) has no topic credential-audit: create the topics first\n"));
        }
    }

    @Test
    void saysInOneSentenceThatTheRegistryIsAway() throws Exception {
        try (var broker = Broker.start(directory.resolve("kafka"))) {
            broker.create(1, Topics.CREDENTIAL_AUDIT);

            assertThat(run("replay", "--bootstrap", broker.bootstrap(), "--registry", NO_REGISTRY))
                    .isEqualTo(new Ended(
                            1,
                            "",
                            "audit: the schema registry does not answer at " + NO_REGISTRY
                                    + "/subjects (LATCHKEY_REGISTRY_URL)\n"));
        }
    }

    @Test
    void explainsItself() throws Exception {
        var ended = run("replay", "--help");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).startsWith("Usage: audit replay");
        assertThat(ended.err()).isEmpty();
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        var out = directory.resolve("out");
        var err = directory.resolve("err");
        var process = TestProgram.java(AuditMain.class, arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
