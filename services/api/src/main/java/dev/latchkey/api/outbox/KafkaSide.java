package dev.latchkey.api.outbox;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One relay's dealings with Kafka, from its taking the lead to the first thing that goes wrong. */
final class KafkaSide implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "latchkey-outbox-relay";
    private static final Duration CLOSING = Duration.ofSeconds(1);

    /** Nothing hangs for long: what does not happen in 10 s is tried again. */
    private static final Map<String, Object> PATIENCE = Map.of(
            "request.timeout.ms", 5_000,
            "delivery.timeout.ms", 10_000,
            "max.block.ms", 10_000,
            "transaction.timeout.ms", 30_000);

    private final KafkaSettings settings;
    private final WireFormat format;
    private final Encoding encoding;
    private final Producer<byte[], byte[]> producer;

    KafkaSide(KafkaSettings settings, WireFormat format, Encoding encoding) {
        this.settings = settings;
        this.format = format;
        this.encoding = encoding;
        this.producer = producer(settings);
    }

    OutboxPublisher publisher() {
        return new OutboxPublisher(producer, encoding);
    }

    /** The newest batch in Kafka. */
    long position() {
        var properties = new HashMap<>(settings.clientProperties());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("default.api.timeout.ms", 10_000);
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(properties, bytes, bytes);
                var reader = format.reader(Topics.OUTBOX_POSITION)) {
            return new OutboxPosition(consumer, reader).read();
        }
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }

    private static Producer<byte[], byte[]> producer(KafkaSettings settings) {
        var properties = new HashMap<>(settings.clientProperties());
        properties.putAll(PATIENCE);
        properties.put("transactional.id", TRANSACTIONAL_ID);
        properties.put("enable.idempotence", true);
        properties.put("acks", "all");
        properties.put("linger.ms", 0);
        properties.put("compression.type", "lz4");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
