package dev.latchkey.agent.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work on one partition while this worker owns it: a virtual thread for every record. */
final class PartitionWork {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWork.class);

    private final OpenOffsets offsets;
    private final RecordHandler handler;
    private final AtomicInteger running;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Counts up for each record taken and down for each one ended in the count of all partitions. */
    PartitionWork(SavedOffsets saved, RecordHandler handler, AtomicInteger running) {
        this.offsets = OpenOffsets.after(saved);
        this.handler = handler;
        this.running = running;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        if (offsets.take(record.offset())) {
            running.incrementAndGet();
            threads.execute(() -> work(record));
        }
    }

    /** What to commit, if anything was done since the last question. */
    Optional<OffsetAndMetadata> news() {
        return offsets.changed() ? Optional.of(offsets.saved().toCommit()) : Optional.empty();
    }

    void newsWasLost() {
        offsets.stillChanged();
    }

    OffsetAndMetadata state() {
        return offsets.saved().toCommit();
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
            handler.handle(record);
            offsets.done(record.offset());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Record stays open partition={} offset={}", record.partition(), record.offset(), e);
        } finally {
            running.decrementAndGet();
        }
    }
}
