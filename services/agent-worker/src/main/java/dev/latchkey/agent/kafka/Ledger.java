package dev.latchkey.agent.kafka;

import dev.latchkey.runtime.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what records came to and saves that they are done, in one transaction: a record whose result can be read is
 * never worked on again. A thread of its own takes whatever has come together while the transaction before ran. What can
 * not be committed is tried again until its partition is given away.
 */
final class Ledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofMillis(100);
    private static final int MOST_IN_ONE_TRANSACTION = 1_000;

    private final String group;
    private final Transactions transactions;
    private final Thread thread = Thread.ofPlatform().name("ledger").unstarted(this::run);
    private final Set<Finished> entries = new LinkedHashSet<>();
    private @Nullable ConsumerGroupMetadata membership;

    private Ledger(String group, KafkaSettings kafka) {
        this.group = group;
        this.transactions = new Transactions(kafka);
    }

    static Ledger open(String group, KafkaSettings kafka) {
        var ledger = new Ledger(group, kafka);
        ledger.thread.start();
        return ledger;
    }

    /** What comes after its partition was given away is dropped. */
    synchronized void enter(Finished finished) {
        if (finished.work().isGivenAway()) {
            finished.work().givenUp();
        } else {
            entries.add(finished);
            notifyAll();
        }
    }

    /** As whose member the worker commits from now on. The broker believes everything of somebody who is in no generation. */
    synchronized void membership(ConsumerGroupMetadata current) {
        if (current.generationId() >= 0) {
            membership = current;
            notifyAll();
        }
    }

    /** Waits until everything of these partitions is committed. */
    synchronized void settle(Collection<PartitionWork> ending, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (holdsAnyOf(ending) && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
        }
    }

    /** From now on nothing of them is committed, but for what the broker was told already. */
    synchronized void giveAway(Collection<PartitionWork> partitions) {
        partitions.forEach(PartitionWork::giveAway);
        var dropped = entries.stream().filter(each -> each.work().isGivenAway()).toList();
        dropped.forEach(this::giveUp);
        if (!dropped.isEmpty()) {
            LOG.warn("Results are dropped, their tasks are taken again count={}", dropped.size());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (transactions) {
            while (true) {
                commit(next());
            }
        } catch (InterruptedException e) {
            LOG.debug("Closed", e);
        }
    }

    private synchronized Batch next() throws InterruptedException {
        while (true) {
            if (membership != null && !entries.isEmpty()) {
                return Batch.of(entries.stream().limit(MOST_IN_ONE_TRANSACTION).toList(), membership);
            }
            wait();
        }
    }

    private void commit(Batch batch) throws InterruptedException {
        switch (transactions.commit(batch)) {
            case Ending.Committed() -> done(batch);
            case Ending.Aborted(var tooLarge) when !tooLarge.isEmpty() -> tooLarge.forEach(this::makeSmaller);
            case Ending.Aborted(var _) -> Thread.sleep(BEFORE_TRYING_AGAIN);
            case Ending.Unknown() -> {
                if (wasCommitted(batch)) {
                    done(batch);
                }
            }
        }
    }

    private synchronized void done(Batch batch) {
        batch.finished().stream()
                .filter(entries::remove)
                .forEach(each -> each.work().done(each.offset()));
        notifyAll();
    }

    /** A partition that is still ours can have been committed by nobody else, so its state tells of the whole batch. */
    private boolean wasCommitted(Batch batch) throws InterruptedException {
        for (var ours = ours(batch); ours.isPresent(); ours = ours(batch)) {
            var partition = ours.get().partition();
            try {
                var committed = transactions.committed(group, partition);
                return SavedOffsets.of(committed)
                        .equals(SavedOffsets.of(batch.offsets().get(partition)));
            } catch (KafkaException e) {
                LOG.debug("Asking what was committed failed, asking again partition={}", partition, e);
                Thread.sleep(BEFORE_TRYING_AGAIN);
            }
        }
        return false;
    }

    private synchronized Optional<PartitionWork> ours(Batch batch) {
        return batch.finished().stream().filter(entries::contains).findAny().map(Finished::work);
    }

    /** In a thread of its own: a registry may have to be waited for. */
    private synchronized void makeSmaller(Finished tooLarge) {
        var smaller = tooLarge.output().whenTooLarge();
        if (!entries.remove(tooLarge)) {
            return;
        }
        if (smaller == null) {
            LOG.error("Record stays open, what it came to is too large offset={}", tooLarge.offset());
            tooLarge.work().givenUp();
        } else {
            Thread.startVirtualThread(() -> enter(tooLarge, smaller));
        }
    }

    private void enter(Finished tooLarge, Output.Smaller smaller) {
        try {
            enter(new Finished(tooLarge.work(), tooLarge.offset(), smaller.make()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean holdsAnyOf(Collection<PartitionWork> partitions) {
        return entries.stream().anyMatch(each -> partitions.contains(each.work()));
    }

    private void giveUp(Finished dropped) {
        entries.remove(dropped);
        dropped.work().givenUp();
    }
}
