package dev.latchkey.schemas;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** The first five bytes of a value: a zero byte and the schema's id in the registry. */
public record WireHeader(int schemaId) {
    public static final int LENGTH = 5;

    /** Throws SerializationException when the bytes do not start with such a header. */
    public static WireHeader of(byte[] value) {
        if (value.length < LENGTH) {
            throw new SerializationException("a value has at least " + LENGTH + " bytes, this one has " + value.length);
        }
        if (value[0] != 0) {
            throw new SerializationException("a value starts with byte 0, this one with " + value[0]);
        }
        return new WireHeader(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
    }
}
