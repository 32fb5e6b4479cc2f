package dev.latchkey.streams;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.Topic;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where what is about one user lies in several topics. */
public final class Partitions {
    private Partitions() {}

    /** How many partitions each of the topics has. Throws StartRefused unless a key is on the same partition of all. */
    public static int requireSame(KafkaSettings kafka, Topic<?>... topics) {
        var names = Stream.of(topics).map(Topic::name).toList();
        var described = Brokers.ask(
                kafka,
                admin -> admin.describeTopics(names).allTopicNames().get(Brokers.PATIENCE_SECONDS, TimeUnit.SECONDS));
        var counts = described.values().stream()
                .map(topic -> topic.partitions().size())
                .distinct()
                .toList();
        if (counts.size() > 1) {
            throw new StartRefused(
                    "the topics " + String.join(", ", names) + " must have the same number of partitions");
        }
        return counts.getFirst();
    }
}
