package dev.latchkey.agent.kafka;

import dev.latchkey.runtime.KafkaSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction after the other. The id is this process's alone, so that nobody fences it and it fences nobody: who may
 * commit for a partition is for the group to say. A producer that is of no use any more is replaced by one of the same id,
 * which ends what the first one left. Used by one thread.
 */
final class Transactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final String id = "agent-worker-" + Uuid.randomUuid();
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean failing;

    Transactions(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    Ending commit(Batch batch) throws InterruptedException {
        var sent = new LinkedHashMap<Finished, Future<?>>();
        try {
            var open = opened();
            prepare(open, batch, sent);
            return sent.values().stream().anyMatch(Transactions::hasFailed) ? aborted(sent) : end(open);
        } catch (InterruptException e) {
            throw Producers.interrupted(e);
        } catch (RuntimeException e) {
            tell(e);
            return aborted(sent);
        }
    }

    /** What the broker knows of the partition once nothing is undecided there. Null as long as nothing was committed. */
    @Nullable OffsetAndMetadata committed(String group, TopicPartition partition) throws InterruptedException {
        opened();
        try (var admin = Admin.create(Map.copyOf(kafka.clientProperties()))) {
            var options = new ListConsumerGroupOffsetsOptions().requireStable(true);
            return value(admin.listConsumerGroupOffsets(group, options).partitionsToOffsetAndMetadata())
                    .get(partition);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(LAST_WORDS);
        }
    }

    private Producer<byte[], byte[]> opened() {
        if (producer == null) {
            producer = Producers.openTransactional(kafka, id);
            try {
                producer.initTransactions();
            } catch (KafkaException e) {
                discard();
                throw e;
            }
        }
        return producer;
    }

    private static void prepare(Producer<byte[], byte[]> open, Batch batch, Map<Finished, Future<?>> sent) {
        open.beginTransaction();
        batch.finished().forEach(each -> sent.put(each, open.send(each.output().record())));
        open.sendOffsetsToTransaction(batch.offsets(), batch.membership());
        open.flush();
    }

    private Ending end(Producer<byte[], byte[]> open) throws InterruptedException {
        try {
            open.commitTransaction();
            failing = false;
            return new Ending.Committed();
        } catch (InterruptException e) {
            throw Producers.interrupted(e);
        } catch (RuntimeException e) {
            LOG.warn("Whether a transaction was committed is not known yet, and asked", e);
            discard();
            return new Ending.Unknown();
        }
    }

    /** Once it is aborted, nothing of it is under way any more. */
    private Ending aborted(Map<Finished, Future<?>> sent) throws InterruptedException {
        try {
            if (producer != null) {
                producer.abortTransaction();
            }
        } catch (InterruptException e) {
            throw Producers.interrupted(e);
        } catch (RuntimeException e) {
            LOG.debug("A producer is replaced", e);
            discard();
        }
        return new Ending.Aborted(sent.entrySet().stream()
                .filter(each -> isTooLarge(each.getValue()))
                .map(Entry::getKey)
                .toList());
    }

    /** Once: a broker that is away fails all the time. */
    private void tell(RuntimeException failure) {
        if (!failing) {
            LOG.warn("A transaction failed, results are tried again until one succeeds", failure);
        }
        failing = true;
    }

    private void discard() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private static boolean hasFailed(Future<?> sent) {
        return sent.state() == Future.State.FAILED;
    }

    private static boolean isTooLarge(Future<?> sent) {
        return hasFailed(sent) && sent.exceptionNow() instanceof RecordTooLargeException;
    }

    private static <T> T value(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        }
    }
}
