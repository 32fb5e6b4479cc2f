package dev.latchkey.schemas;

import static dev.latchkey.schemas.Topic.Retention.FOREVER;
import static dev.latchkey.schemas.Topic.Retention.FOR_AN_HOUR;
import static dev.latchkey.schemas.Topic.Retention.FOR_A_WHILE;
import static dev.latchkey.schemas.Topic.Retention.LATEST;
import static dev.latchkey.schemas.Topic.Retention.LATEST_ALONE;
import static dev.latchkey.schemas.Topic.Retention.LATEST_FOR_A_WHILE;
import static dev.latchkey.schemas.Topic.Retention.LATEST_WITHIN_THE_HOUR;
import static dev.latchkey.schemas.Topic.Retention.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
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

    /** Others read these topics by these names; a compacted history would be none. */
    @Test
    void pinsEveryNameAndRetention() {
        var retentions = Topics.all().stream().collect(Collectors.toMap(Topic::name, Topic::retention));

        assertThat(retentions)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("credentials", LATEST),
                        Map.entry("credential-audit", FOREVER),
                        Map.entry("key-uses", FOREVER),
                        Map.entry("data-keys", LATEST_ALONE),
                        Map.entry("budgets", LATEST),
                        Map.entry("default-models", LATEST),
                        Map.entry("prompts", FOR_A_WHILE),
                        Map.entry("run-controls", FOR_A_WHILE),
                        Map.entry("agent-tasks", FOR_A_WHILE),
                        Map.entry("agent-results", FOR_A_WHILE),
                        Map.entry("agent-runs", LATEST_FOR_A_WHILE),
                        Map.entry("answer-parts", FOR_AN_HOUR),
                        Map.entry("usage", LATEST),
                        Map.entry("trades", FOR_A_WHILE),
                        Map.entry("prices", LATEST_FOR_A_WHILE),
                        Map.entry("corporate-actions", FOREVER),
                        Map.entry("pnl", LATEST_WITHIN_THE_HOUR),
                        Map.entry("pnl-closed", FOR_A_WHILE),
                        Map.entry("orders-proposed", FOR_A_WHILE),
                        Map.entry("orders-decided", FOR_A_WHILE),
                        Map.entry("risk-controls", LATEST),
                        Map.entry("dead-letters", LONG),
                        Map.entry("outbox-position", LATEST)));
    }
}
