package dev.latchkey.audit.kafka;

import dev.latchkey.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** A topic from its beginning to where it ended at one moment. */
final class Stretch {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int PATIENCE = 8;

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> unread;
    private int idlePolls;

    private Stretch(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.unread = new HashMap<>(ends);
    }

    static Stretch of(Topic<?> topic, KafkaConsumer<String, byte[]> consumer) {
        var partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new Stretch(consumer, consumer.endOffsets(partitions));
    }

    /** Positions decide when all is read, for the last offsets may hold a transaction's marker and no record. */
    void read(Consumer<ConsumerRecord<String, byte[]>> listener) {
        dropWhatIsRead();
        while (!unread.isEmpty()) {
            var rows = consumer.poll(POLL);
            endureSilence(rows.isEmpty());
            for (var row : rows) {
                if (row.offset() < endOf(row)) {
                    listener.accept(row);
                }
            }
            dropWhatIsRead();
        }
    }

    /** A consumer waits for a lost broker without end; an auditor is told. */
    private void endureSilence(boolean silent) {
        idlePolls = silent ? idlePolls + 1 : 0;
        if (idlePolls > PATIENCE) {
            throw new TimeoutException("nothing came for " + POLL.multipliedBy(PATIENCE));
        }
    }

    private long endOf(ConsumerRecord<String, byte[]> row) {
        return unread.getOrDefault(new TopicPartition(row.topic(), row.partition()), 0L);
    }

    private void dropWhatIsRead() {
        unread.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        var read = new HashSet<>(consumer.assignment());
        read.removeAll(unread.keySet());
        consumer.pause(read);
    }
}
