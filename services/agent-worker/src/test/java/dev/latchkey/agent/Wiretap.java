package dev.latchkey.agent;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.testing.WholeTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Puts records on topics and reads whole topics, as consumers of committed records do. */
final class Wiretap implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** An event as it was published. */
    record Published<V>(String key, V event) {}

    private final KafkaSettings kafka;
    private final WireFormat format;
    private final KafkaProducer<byte[], byte[]> producer;

    Wiretap(KafkaSettings kafka, WireFormat format) {
        this.kafka = kafka;
        this.format = format;
        this.producer = new KafkaProducer<>(properties(kafka), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** One request at a time: a partition that is new may refuse the first records, and must not take the next before them. */
    private static Map<String, Object> properties(KafkaSettings kafka) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("max.in.flight.requests.per.connection", 1);
        return properties;
    }

    <V extends SpecificRecord> long put(Topic<V> topic, String key, V event)
            throws ExecutionException, InterruptedException {
        return putBytes(topic, key, format.serializer(topic).serialize(topic.name(), event));
    }

    /** For many: {@link #flush} waits for all of them. */
    <V extends SpecificRecord> void putSoon(Topic<V> topic, String key, V event) {
        var value = format.serializer(topic).serialize(topic.name(), event);
        var _ = producer.send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    void flush() {
        producer.flush();
    }

    /** The offset of the record in its partition. */
    long putBytes(Topic<?> topic, String key, byte @Nullable [] value) throws ExecutionException, InterruptedException {
        var record = new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value);
        return producer.send(record).get().offset();
    }

    /** Everything on the topic once there are so many records. */
    <V extends SpecificRecord> List<Published<V>> await(Topic<V> topic, int count) {
        var deserializer = format.deserializer(topic);
        return awaitBytes(topic, count).stream()
                .map(record -> new Published<>(
                        new String(record.key(), StandardCharsets.UTF_8),
                        deserializer.deserialize(topic.name(), record.value())))
                .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> awaitBytes(Topic<?> topic, int count) {
        return Awaitility.await().atMost(PATIENCE).until(() -> everythingOn(topic), records -> records.size() >= count);
    }

    @Override
    public void close() {
        producer.close();
    }

    private List<ConsumerRecord<byte[], byte[]>> everythingOn(Topic<?> topic) {
        return new WholeTopic(kafka.bootstrap(), topic.name()).read();
    }
}
