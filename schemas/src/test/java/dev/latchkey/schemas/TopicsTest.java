package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TopicsTest {
    @Test
    void carriesEverySchemaOnATopic() throws IOException {
        try (var files = Files.list(Path.of("src/main/avro"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".avsc", "")))
                    .containsExactlyInAnyOrderElementsOf(Topics.all().stream()
                            .map(topic -> topic.type().getSimpleName())
                            .toList());
        }
    }

    @Test
    void neverLosesTheCredentialHistory() {
        assertThat(Topics.CREDENTIAL_AUDIT.retention()).isEqualTo(Topic.Retention.FOREVER);
    }
}
