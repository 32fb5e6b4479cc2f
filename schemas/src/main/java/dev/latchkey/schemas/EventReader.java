package dev.latchkey.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the values of one topic and tells events from bytes that are none. */
public final class EventReader<V extends SpecificRecord> implements AutoCloseable {
    private final Topic<V> topic;
    private final Deserializer<V> deserializer;

    EventReader(Topic<V> topic, Deserializer<V> deserializer) {
        this.topic = topic;
        this.deserializer = deserializer;
    }

    /** Throws {@link RegistryUnavailable} when the registry cannot be asked. */
    public Decoded<V> read(byte @Nullable [] value) {
        if (value == null) {
            return new Decoded.Undecodable<>("the value is null");
        }
        try {
            return new Decoded.Event<>(deserializer.deserialize(topic.name(), value));
        } catch (SerializationException e) {
            return new Decoded.Undecodable<>(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
