package dev.latchkey.pnl;

import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.testing.WholeTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The records of a topic, from its start on, whose transactions are committed: what any consumer may act upon. */
final class Committed<V extends SpecificRecord> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WholeTopic whole;
    private final KafkaConsumer<String, V> consumer;
    private final List<ConsumerRecord<String, V>> records = new ArrayList<>();

    Committed(String bootstrap, WireFormat format, Topic<V> topic) {
        this.whole = new WholeTopic(bootstrap, topic.name());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                format.deserializer(topic));
        var partitions = IntStream.range(0, consumer.partitionsFor(topic.name()).size())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records so far. */
    List<ConsumerRecord<String, V>> records() {
        var ends = whole.ends();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        do {
            requireTime(giveUp);
            consumer.poll(Duration.ofMillis(10)).forEach(records::add);
        } while (!WholeTopic.isAt(ends, consumer));
        return List.copyOf(records);
    }

    List<V> values() {
        return records().stream().map(ConsumerRecord::value).toList();
    }

    private void requireTime(long giveUp) {
        if (System.nanoTime() > giveUp) {
            throw new IllegalStateException(whole.name() + " could not be read to its end within " + PATIENCE);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
