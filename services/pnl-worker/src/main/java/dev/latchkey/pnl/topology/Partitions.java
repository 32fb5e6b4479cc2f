package dev.latchkey.pnl.topology;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.Topic;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Where what is about one user lies in two topics. */
public final class Partitions {
    private static final long PATIENCE_SECONDS = 5;

    private Partitions() {}

    /** Throws StartRefused unless a key is on the same partition of both. */
    public static void requireSame(KafkaSettings kafka, Topic<?> one, Topic<?> other) {
        try (var admin = Admin.create(kafka.clientProperties())) {
            var topics = admin.describeTopics(List.of(one.name(), other.name()))
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            var counts = topics.values().stream()
                    .map(topic -> topic.partitions().size())
                    .distinct()
                    .count();
            if (counts > 1) {
                throw new StartRefused("the topics " + one.name() + " and " + other.name()
                        + " must have the same number of partitions");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        }
    }
}
