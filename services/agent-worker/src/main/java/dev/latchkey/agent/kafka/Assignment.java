package dev.latchkey.agent.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that this worker owns. Used by the thread that polls, and by no other. */
final class Assignment implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);
    private static final Duration END_OF_THE_INTERRUPTED = Duration.ofSeconds(3);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordHandler handler;
    private final AtomicInteger running;
    private final Duration drain;
    private final Map<TopicPartition, PartitionWork> work = new HashMap<>();

    Assignment(Consumer<byte[], byte[]> consumer, RecordHandler handler, AtomicInteger running, Duration drain) {
        this.consumer = consumer;
        this.handler = handler;
        this.running = running;
        this.drain = drain;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        var owned = work.get(new TopicPartition(record.topic(), record.partition()));
        if (owned != null) {
            owned.take(record);
        }
    }

    /** Commits what was done since the last time; what can not be committed now is committed the next time. */
    void save() {
        var news = new HashMap<TopicPartition, OffsetAndMetadata>();
        work.forEach((partition, owned) -> owned.news().ifPresent(state -> news.put(partition, state)));
        if (!news.isEmpty()) {
            consumer.commitAsync(news, this::committed);
        }
    }

    /** They come in the middle of a poll, and are paused until its caller has decided whether to take from them. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        var committed = consumer.committed(Set.copyOf(partitions));
        for (var partition : partitions) {
            work.put(partition, new PartitionWork(SavedOffsets.of(committed.get(partition)), handler, running));
        }
    }

    /** The next owner starts where this one ends: running tasks get a moment, the others stay open. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        var ending = owned(partitions);
        end(ending.values(), drain);
        commit(ending);
        work.keySet().removeAll(partitions);
    }

    /** Somebody else has started on them already. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        end(owned(partitions).values(), Duration.ZERO);
        work.keySet().removeAll(partitions);
    }

    private Map<TopicPartition, PartitionWork> owned(Collection<TopicPartition> partitions) {
        var owned = new HashMap<>(work);
        owned.keySet().retainAll(partitions);
        return owned;
    }

    private static void end(Collection<PartitionWork> ending, Duration patience) {
        List.copyOf(ending).forEach(PartitionWork::stopTaking);
        var impatience = Thread.startVirtualThread(() -> interruptAfter(patience, ending));
        ending.forEach(owned -> owned.awaitEnd(patience.plus(END_OF_THE_INTERRUPTED)));
        impatience.interrupt();
    }

    private static void interruptAfter(Duration patience, Collection<PartitionWork> ending) {
        try {
            Thread.sleep(patience);
            ending.forEach(PartitionWork::interrupt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(Map<TopicPartition, PartitionWork> ending) {
        var states = new HashMap<TopicPartition, OffsetAndMetadata>();
        ending.forEach((partition, owned) -> states.put(partition, owned.state()));
        try {
            consumer.commitSync(states, LAST_COMMIT);
        } catch (KafkaException e) {
            LOG.warn("Last commit failed, its tasks are taken again partitions={}", states.keySet(), e);
        }
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> states, Exception failure) {
        if (failure != null) {
            owned(states.keySet()).values().forEach(PartitionWork::newsWasLost);
        }
    }
}
