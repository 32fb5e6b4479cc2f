package dev.latchkey.router.topology;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Values of a store, as bytes of their own making. A missing value is a missing value in both. */
record StoreFormat<V>(Function<V, byte[]> encode, Function<ByteBuffer, V> decode) implements Serde<V> {
    @Override
    public Serializer<V> serializer() {
        return (topic, value) -> encodeOrNull(value);
    }

    @Override
    public Deserializer<V> deserializer() {
        return (topic, bytes) -> decodeOrNull(bytes);
    }

    @SuppressWarnings("NullAway") // Kafka's serializers map a missing value to a missing value.
    private byte[] encodeOrNull(@Nullable V value) {
        return value == null ? null : encode.apply(value);
    }

    @SuppressWarnings("NullAway")
    private V decodeOrNull(byte @Nullable [] bytes) {
        return bytes == null ? null : decode.apply(ByteBuffer.wrap(bytes));
    }
}
