package dev.latchkey.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Stand-in for {@link RegistryFormat} in tests without a registry: same bytes, ids numbered in memory. */
public final class InMemoryFormat implements WireFormat {
    private final Map<Schema, Integer> ids = new HashMap<>();

    public InMemoryFormat() {
        TrustedEvents.trust();
    }

    @Override
    public <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
        return (ignored, event) -> encodeOrNull(topic, event);
    }

    @Override
    public <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
        return (ignored, value) -> decodeOrNull(topic, value);
    }

    private synchronized int idOf(Schema schema) {
        return ids.computeIfAbsent(schema, ignored -> ids.size() + 1);
    }

    @SuppressWarnings("NullAway")
    private <V extends SpecificRecord> byte[] encodeOrNull(Topic<V> topic, @Nullable V event) {
        return event == null ? null : encode(topic, event);
    }

    @SuppressWarnings("NullAway")
    private <V extends SpecificRecord> V decodeOrNull(Topic<V> topic, byte @Nullable [] value) {
        return value == null ? null : decode(topic, value);
    }

    private <V extends SpecificRecord> byte[] encode(Topic<V> topic, V event) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(WireHeader.LENGTH)
                .put((byte) 0)
                .putInt(idOf(topic.schema()))
                .array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new SpecificDatumWriter<V>(topic.schema(), SpecificData.getForClass(topic.type())).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private <V extends SpecificRecord> V decode(Topic<V> topic, byte[] value) {
        if (WireHeader.of(value).schemaId() != idOf(topic.schema())) {
            throw new SerializationException("schema " + WireHeader.of(value).schemaId() + " is not in the registry");
        }
        var decoder =
                DecoderFactory.get().binaryDecoder(value, WireHeader.LENGTH, value.length - WireHeader.LENGTH, null);
        try {
            return new SpecificDatumReader<V>(topic.schema(), topic.schema(), SpecificData.getForClass(topic.type()))
                    .read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "the bytes are not what schema " + WireHeader.of(value).schemaId() + " says", e);
        }
    }
}
