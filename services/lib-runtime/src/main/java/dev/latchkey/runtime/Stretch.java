package dev.latchkey.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** A topic from where a consumer stands to where the topic ended at one moment. */
public final class Stretch<K, V> {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<K, V> consumer;
    private final Map<TopicPartition, Long> unread;
    private final Duration patience;
    private long since;

    /**
     * The consumer has been assigned the partitions.
     *
     * @param patience how long nothing may come before the broker is held to be gone
     */
    public Stretch(Consumer<K, V> consumer, Map<TopicPartition, Long> ends, Duration patience) {
        this.consumer = consumer;
        this.unread = new HashMap<>(ends);
        this.patience = patience;
    }

    /** From the beginning to where the topic ends now for this consumer. */
    public static <K, V> Stretch<K, V> whole(Consumer<K, V> consumer, String topic, Duration patience) {
        var partitions = partitions(consumer, topic);
        return fromBeginning(consumer, consumer.endOffsets(partitions), patience);
    }

    public static <K, V> Stretch<K, V> fromBeginning(
            Consumer<K, V> consumer, Map<TopicPartition, Long> ends, Duration patience) {
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        return new Stretch<>(consumer, ends, patience);
    }

    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /**
     * To be called once. Positions decide when all is read, for the last offsets may hold a transaction's marker and no
     * record. A consumer waits for a lost broker without end; here that ends in Kafka's TimeoutException.
     */
    public void read(java.util.function.Consumer<ConsumerRecord<K, V>> listener) {
        consumer.resume(consumer.assignment());
        since = System.nanoTime();
        dropWhatIsRead();
        while (!unread.isEmpty()) {
            var rows = consumer.poll(POLL);
            for (var row : rows) {
                if (row.offset() < endOf(row)) {
                    listener.accept(row);
                }
            }
            endureSilence(rows.isEmpty());
            dropWhatIsRead();
        }
    }

    private void endureSilence(boolean silent) {
        if (!silent) {
            since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
            throw new TimeoutException("nothing came for " + patience);
        }
    }

    private long endOf(ConsumerRecord<K, V> row) {
        return unread.getOrDefault(new TopicPartition(row.topic(), row.partition()), 0L);
    }

    private void dropWhatIsRead() {
        unread.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        Collection<TopicPartition> read = new HashSet<>(consumer.assignment());
        read.removeAll(unread.keySet());
        consumer.pause(read);
    }
}
