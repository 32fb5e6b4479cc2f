package dev.latchkey.agent.kafka;

import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts events on one topic. A broker or a registry that is away is waited for, so that nothing is lost. */
public final class Outlet<V extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final Records<V> records;

    public Outlet(Producer<byte[], byte[]> producer, Topic<V> topic, WireFormat format) {
        this.producer = producer;
        this.records = new Records<>(topic, format);
    }

    /** Returns once the broker has the event for good. Throws RecordTooLargeException when it never will. */
    void put(byte @Nullable [] key, V event) throws InterruptedException {
        var record = records.of(key, event);
        while (!tryPut(record)) {
            Thread.sleep(BEFORE_TRYING_AGAIN);
        }
    }

    /** Any failure but one of size is the environment's. */
    private boolean tryPut(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            producer.send(record).get();
            return true;
        } catch (InterruptException e) {
            throw Producers.interrupted(e);
        } catch (ExecutionException e) {
            return failed(record, Objects.requireNonNullElse(e.getCause(), e));
        } catch (RuntimeException e) {
            return failed(record, e);
        }
    }

    private static boolean failed(ProducerRecord<?, ?> record, Throwable failure) {
        if (failure instanceof RecordTooLargeException tooLarge) {
            throw tooLarge;
        }
        LOG.debug("Publishing failed, trying again topic={}", record.topic(), failure);
        return false;
    }
}
