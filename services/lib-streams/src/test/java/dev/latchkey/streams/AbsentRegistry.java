package dev.latchkey.streams;

import dev.latchkey.schemas.RegistryUnavailable;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** A wire format that can read nothing, because nobody tells it about schemas. */
record AbsentRegistry(WireFormat format) implements WireFormat {
    @Override
    public <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
        return format.serializer(topic);
    }

    @Override
    public <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
        return (ignored, value) -> {
            throw new RegistryUnavailable("http://localhost:1", new IOException("nobody listens"));
        };
    }
}
