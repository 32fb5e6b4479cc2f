package dev.latchkey.agent.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The partitions that this worker owns. Used by the thread that polls, and by no other. */
final class Assignment implements ConsumerRebalanceListener {
    private static final Duration END_OF_THE_INTERRUPTED = Duration.ofSeconds(3);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final PartitionWork.Desk desk;
    private final Duration drain;
    private final Map<TopicPartition, PartitionWork> work = new HashMap<>();

    Assignment(Consumer<byte[], byte[]> consumer, PartitionWork.Desk desk, Duration drain) {
        this.consumer = consumer;
        this.desk = desk;
        this.drain = drain;
    }

    /** Takes again from those that are not full. */
    void resume() {
        consumer.resume(consumer.paused().stream()
                .filter(partition ->
                        !work.containsKey(partition) || !work.get(partition).isFull())
                .toList());
    }

    void take(ConsumerRecords<byte[], byte[]> records) {
        desk.ledger().membership(consumer.groupMetadata());
        records.partitions().forEach(partition -> take(partition, records.records(partition)));
    }

    /** What a full partition refuses is read again when it is not full any more. */
    private void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        var owned = work.get(partition);
        if (owned == null) {
            return;
        }
        for (var record : records) {
            if (!owned.take(record)) {
                consumer.seek(partition, record.offset());
                consumer.pause(List.of(partition));
                return;
            }
        }
    }

    /** They come in the middle of a poll, and are paused until its caller has decided whether to take from them. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        var committed = consumer.committed(Set.copyOf(partitions));
        for (var partition : partitions) {
            work.put(partition, new PartitionWork(partition, SavedOffsets.of(committed.get(partition)), desk));
        }
    }

    /** The next owner starts where this one ends: running tasks get a moment, the others stay open. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        var ending = owned(partitions);
        end(ending, drain);
        settle(ending);
        give(ending);
    }

    /** Somebody else has started on them already. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        var ending = owned(partitions);
        desk.ledger().giveAway(ending);
        end(ending, Duration.ZERO);
        give(ending);
    }

    private List<PartitionWork> owned(Collection<TopicPartition> partitions) {
        return work.values().stream()
                .filter(owned -> partitions.contains(owned.partition()))
                .toList();
    }

    private static void end(Collection<PartitionWork> ending, Duration patience) {
        ending.forEach(PartitionWork::stopTaking);
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

    /** As the member that it is by now: a rebalance has a generation of its own. */
    private void settle(Collection<PartitionWork> ending) {
        desk.ledger().membership(consumer.groupMetadata());
        try {
            desk.ledger().settle(ending, LAST_COMMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void give(Collection<PartitionWork> ending) {
        desk.ledger().giveAway(ending);
        ending.forEach(given -> work.remove(given.partition()));
    }
}
