package dev.latchkey.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic as a consumer of committed records sees it, up to what was written before it is read. A transaction's commit
 * returns before its records can be read: a reader that stops where committed records end just then would miss them.
 */
public record WholeTopic(String bootstrap, String name) {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Every committed record, in the order of each partition. */
    public List<ConsumerRecord<byte[], byte[]>> read() {
        var ends = ends();
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = consumer("read_committed")) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (!isAt(ends, consumer)) {
                requireTime(giveUp);
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** Where each partition ends, with records whose transactions are not decided yet. */
    public Map<TopicPartition, Long> ends() {
        try (var consumer = consumer("read_uncommitted")) {
            return consumer.endOffsets(consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList());
        }
    }

    /** Whether the consumer has read everything before these ends. */
    public static boolean isAt(Map<TopicPartition, Long> ends, Consumer<?, ?> consumer) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        var bytes = new ByteArrayDeserializer();
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrap, "isolation.level", isolation, "enable.auto.commit", false);
        return new KafkaConsumer<>(properties, bytes, bytes);
    }

    private void requireTime(long giveUp) {
        if (System.nanoTime() > giveUp) {
            throw new IllegalStateException(name + " could not be read to its end within " + PATIENCE);
        }
    }
}
