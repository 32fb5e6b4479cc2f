package dev.latchkey.pnl.topology;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Parts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Where checked quotes and splits go on their way to every instance. Kafka Streams makes its own topics but not those
 * that global tables read.
 */
public final class MarketTopics {
    static final String QUOTES = "pnl-worker-quotes";
    static final String SPLITS = "pnl-worker-splits";

    private static final long PATIENCE_SECONDS = 5;

    private MarketTopics() {}

    /** Creates the topics unless they are there. */
    public static void create(KafkaSettings kafka) {
        try (var admin = Admin.create(kafka.clientProperties())) {
            for (var topic : List.of(QUOTES, SPLITS)) {
                create(admin, topic);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        }
    }

    private static void create(Admin admin, String name)
            throws ExecutionException, TimeoutException, InterruptedException {
        var topic = new NewTopic(name, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            admin.createTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
