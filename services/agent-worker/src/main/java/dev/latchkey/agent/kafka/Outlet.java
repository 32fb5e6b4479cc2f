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
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts events on one topic. A broker or a registry that is away is waited for, so that nothing is lost. */
public final class Outlet<V extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final Topic<V> topic;
    private final Serializer<V> serializer;

    public Outlet(Producer<byte[], byte[]> producer, Topic<V> topic, WireFormat format) {
        this.producer = producer;
        this.topic = topic;
        this.serializer = format.serializer(topic);
    }

    /** Returns once the broker has the event for good. Throws RecordTooLargeException when it never will. */
    void put(byte @Nullable [] key, V event) throws InterruptedException {
        while (!tryPut(key, event)) {
            Thread.sleep(BEFORE_TRYING_AGAIN);
        }
    }

    /** Any failure but one of size is the environment's: our own events can always be written. */
    private boolean tryPut(byte @Nullable [] key, V event) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(topic.name(), key, bytes(event))).get();
            return true;
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            return failed(Objects.requireNonNullElse(e.getCause(), e));
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private boolean failed(Throwable failure) {
        if (failure instanceof RecordTooLargeException tooLarge) {
            throw tooLarge;
        }
        LOG.debug("Publishing failed, trying again topic={}", topic.name(), failure);
        return false;
    }

    /** Serializers promise nothing about threads. */
    private byte[] bytes(V event) {
        synchronized (serializer) {
            return serializer.serialize(topic.name(), event);
        }
    }

    private static InterruptedException interrupted(InterruptException e) {
        Thread.interrupted();
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        return interrupted;
    }
}
