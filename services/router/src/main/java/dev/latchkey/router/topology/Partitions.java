package dev.latchkey.router.topology;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topic;
import dev.latchkey.streams.Brokers;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How many partitions topics have. */
public final class Partitions {
    private Partitions() {}

    public static int of(Topic<?> topic, KafkaSettings kafka) {
        var described = Brokers.ask(
                kafka,
                admin -> admin.describeTopics(List.of(topic.name()))
                        .allTopicNames()
                        .get(Brokers.PATIENCE_SECONDS, TimeUnit.SECONDS));
        return described.values().stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
    }
}
