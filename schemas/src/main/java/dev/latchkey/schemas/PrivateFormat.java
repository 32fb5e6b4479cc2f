package dev.latchkey.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro's single-object encoding, for bytes that one service writes and the same service reads: state stores, internal
 * topics, the outbox. Needs no registry, and reads what earlier releases wrote.
 */
public final class PrivateFormat<V extends SpecificRecord> implements Serde<V> {
    private final BinaryMessageEncoder<V> encoder;
    private final BinaryMessageDecoder<V> decoder;

    public PrivateFormat(Class<V> type) {
        TrustedEvents.trust();
        var model = SpecificData.getForClass(type);
        var schema = model.getSchema(type);
        this.encoder = new BinaryMessageEncoder<>(model, schema);
        this.decoder = new BinaryMessageDecoder<>(model, schema);
        Released.of(type).forEach(decoder::addSchema);
    }

    public byte[] encode(V event) {
        try {
            ByteBuffer encoded = encoder.encode(event);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public V decode(byte[] bytes) {
        try {
            return decoder.decode(bytes);
        } catch (IOException | AvroRuntimeException e) {
            throw new SerializationException("not a single-object encoded event", e);
        }
    }

    @Override
    public Serializer<V> serializer() {
        return (topic, event) -> encodeOrNull(event);
    }

    @Override
    public Deserializer<V> deserializer() {
        return (topic, bytes) -> decodeOrNull(bytes);
    }

    @SuppressWarnings("NullAway") // Kafka's serializers map a missing value to a missing value.
    private byte[] encodeOrNull(@Nullable V event) {
        return event == null ? null : encode(event);
    }

    @SuppressWarnings("NullAway")
    private V decodeOrNull(byte @Nullable [] bytes) {
        return bytes == null ? null : decode(bytes);
    }
}
