package dev.latchkey.agent;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Puts records on topics and reads whole topics. */
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
        this.producer = new KafkaProducer<>(
                new HashMap<>(kafka.clientProperties()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    <V extends SpecificRecord> long put(Topic<V> topic, String key, V event)
            throws ExecutionException, InterruptedException {
        return putBytes(topic, key, format.serializer(topic).serialize(topic.name(), event));
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
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                new HashMap<>(kafka.clientProperties()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
