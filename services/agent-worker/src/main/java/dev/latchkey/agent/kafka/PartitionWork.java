package dev.latchkey.agent.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work on one partition while this worker owns it: a virtual thread for every record. */
final class PartitionWork {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWork.class);

    private final TopicPartition partition;
    private final OpenOffsets offsets;
    private final Desk desk;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean givenAway;
    private OptionalLong refused = OptionalLong.empty();

    /**
     * What the partitions of a worker share.
     *
     * @param taken counts up for each record taken and down for each one that is done or given up
     */
    record Desk(RecordHandler handler, Ledger ledger, AtomicInteger taken) {}

    PartitionWork(TopicPartition partition, SavedOffsets saved, Desk desk) {
        this.partition = partition;
        this.offsets = OpenOffsets.after(saved);
        this.desk = desk;
    }

    TopicPartition partition() {
        return partition;
    }

    /** False when what is open could not be saved with this one: it is to be offered again. For the thread that polls. */
    boolean take(ConsumerRecord<byte[], byte[]> record) {
        if (!offsets.hasRoomFor(record.offset())) {
            refused = OptionalLong.of(record.offset());
            return false;
        }
        refused = OptionalLong.empty();
        if (offsets.take(record.offset())) {
            desk.taken().incrementAndGet();
            threads.execute(() -> work(record));
        }
        return true;
    }

    /** Whether it would still not take what it refused. For the thread that polls. */
    boolean isFull() {
        return refused.isPresent() && !offsets.hasRoomFor(refused.getAsLong());
    }

    /** What to save together with the news that these are done. */
    OffsetAndMetadata stateWithout(Collection<Long> done) {
        return offsets.savedWithout(done).toCommit();
    }

    void done(long offset) {
        offsets.done(List.of(offset));
        desk.taken().decrementAndGet();
    }

    /** What it came to is dropped: the record stays open. */
    void givenUp() {
        desk.taken().decrementAndGet();
    }

    boolean isGivenAway() {
        return givenAway;
    }

    /** From here on somebody else says what is done. */
    void giveAway() {
        givenAway = true;
    }

    /** Takes nothing more; what runs goes on. */
    void stopTaking() {
        threads.shutdown();
    }

    /** Stops what runs; it stays open. */
    void interrupt() {
        threads.shutdownNow();
    }

    void awaitEnd(Duration patience) {
        try {
            threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(ConsumerRecord<byte[], byte[]> record) {
        try {
            desk.ledger()
                    .enter(new Finished(this, record.offset(), desk.handler().handle(record)));
        } catch (InterruptedException e) {
            givenUp();
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            givenUp();
            LOG.error("Record stays open partition={} offset={}", record.partition(), record.offset(), e);
        }
    }
}
