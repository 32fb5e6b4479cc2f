package dev.latchkey.pnl.topology;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.streams.Brokers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final List<String> ALL = List.of(QUOTES, SPLITS);
    private static final long PAUSE_MS = 50;
    private static final long MOST_PAUSES = Brokers.PATIENCE_SECONDS * 1000 / PAUSE_MS;

    private MarketTopics() {}

    /** Creates the topics unless they are there, and returns when consumers can find them. */
    public static void create(KafkaSettings kafka) {
        var _ = Brokers.ask(kafka, admin -> {
            for (var topic : ALL) {
                create(admin, topic);
            }
            return awaitAll(admin);
        });
    }

    private static void create(Admin admin, String name)
            throws ExecutionException, TimeoutException, InterruptedException {
        var topic = new NewTopic(name, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            admin.createTopics(List.of(topic)).all().get(Brokers.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** A broker hears of a new topic after the controller; a global table does not wait for its topic. */
    private static Set<String> awaitAll(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        var names = names(admin);
        for (int pauses = 0; !names.containsAll(ALL); pauses++) {
            if (pauses == MOST_PAUSES) {
                throw new TimeoutException("new topics are not there");
            }
            Thread.sleep(PAUSE_MS);
            names = names(admin);
        }
        return names;
    }

    private static Set<String> names(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        return admin.listTopics().names().get(Brokers.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
