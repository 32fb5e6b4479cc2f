package dev.latchkey.agent.kafka;

import dev.latchkey.runtime.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The worker's producers: idempotent, and done only when every replica in sync has the record. */
public final class Producers {
    private static final int GIVE_UP_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 5;
    /** What a killed worker leaves undecided keeps readers of results waiting for so long, and then a look of the broker. */
    private static final int TRANSACTION_MILLIS = 5_000;

    private Producers() {}

    /** Who sends waits for the broker before anything else: nothing is gained by collecting first. */
    public static Producer<byte[], byte[]> open(KafkaSettings kafka) {
        var properties = properties(kafka);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return open(properties);
    }

    /**
     * A transaction waits for the end of the one before in short steps. One request at a time: a partition that is new may
     * refuse the first records and take the next, and then never the first.
     */
    static Producer<byte[], byte[]> openTransactional(KafkaSettings kafka, String id) {
        var properties = properties(kafka);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS);
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_MILLIS);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return open(properties);
    }

    static InterruptedException interrupted(InterruptException e) {
        Thread.interrupted();
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        return interrupted;
    }

    private static Producer<byte[], byte[]> open(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> properties(KafkaSettings kafka) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_MILLIS);
        return properties;
    }
}
