package dev.latchkey.streams;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.Topic;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where what is about one user lies in several topics. */
public final class Partitions {
    private Partitions() {}

    /** How many partitions both topics have. Throws StartRefused unless a key is on the same partition of both. */
    public static int requireSame(KafkaSettings kafka, Topic<?> one, Topic<?> other) {
        var topics = Brokers.ask(
                kafka,
                admin -> admin.describeTopics(List.of(one.name(), other.name()))
                        .allTopicNames()
                        .get(Brokers.PATIENCE_SECONDS, TimeUnit.SECONDS));
        var counts = topics.values().stream()
                .map(topic -> topic.partitions().size())
                .distinct()
                .toList();
        if (counts.size() > 1) {
            throw new StartRefused(
                    "the topics " + one.name() + " and " + other.name() + " must have the same number of partitions");
        }
        return counts.getFirst();
    }
}
