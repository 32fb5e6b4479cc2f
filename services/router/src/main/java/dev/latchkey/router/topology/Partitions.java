package dev.latchkey.router.topology;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Parts;
import dev.latchkey.schemas.Topic;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** How many partitions topics have. */
public final class Partitions {
    private static final long PATIENCE_SECONDS = 5;

    private Partitions() {}

    public static int of(Topic<?> topic, KafkaSettings kafka) {
        try (var admin = Admin.create(kafka.clientProperties())) {
            var described =
                    admin.describeTopics(List.of(topic.name())).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return described.values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        }
    }
}
