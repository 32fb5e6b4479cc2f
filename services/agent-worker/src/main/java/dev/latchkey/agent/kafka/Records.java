package dev.latchkey.agent.kafka;

import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes records of events for one topic. A registry that is away is waited for: our own events can always be written. */
public final class Records<V extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(1);

    private final Topic<V> topic;
    private final Serializer<V> serializer;

    public Records(Topic<V> topic, WireFormat format) {
        this.topic = topic;
        this.serializer = format.serializer(topic);
    }

    ProducerRecord<byte[], byte[]> of(byte @Nullable [] key, V event) throws InterruptedException {
        while (true) {
            try {
                return new ProducerRecord<>(topic.name(), key, bytes(event));
            } catch (RuntimeException e) {
                LOG.debug("Writing an event failed, trying again topic={}", topic.name(), e);
                Thread.sleep(BEFORE_TRYING_AGAIN);
            }
        }
    }

    /** Serializers promise nothing about threads. */
    private byte[] bytes(V event) {
        synchronized (serializer) {
            return serializer.serialize(topic.name(), event);
        }
    }
}
