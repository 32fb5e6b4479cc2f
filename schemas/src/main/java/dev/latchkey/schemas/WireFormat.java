package dev.latchkey.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The bytes of events on public topics: a zero byte, a schema id of 4 bytes, big endian, and the Avro binary encoding.
 *
 * <p>Deserializers throw {@link org.apache.kafka.common.errors.SerializationException} for bytes that are no event of
 * the topic, and {@link RegistryUnavailable} when nobody can say whether they are.
 */
public interface WireFormat {
    <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic);

    <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic);

    default <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
        return Serdes.serdeFrom(serializer(topic), deserializer(topic));
    }

    default <V extends SpecificRecord> EventReader<V> reader(Topic<V> topic) {
        return new EventReader<>(topic, deserializer(topic));
    }
}
