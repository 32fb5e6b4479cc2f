package dev.latchkey.testing;

import dev.latchkey.schemas.PrivateFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Serdes that a service can be configured with where there is no registry: a topic's schema is the one that it has here. */
public final class TopicSerde {
    private TopicSerde() {}

    /** Named in LATCHKEY_AVRO_SERIALIZER. */
    public static final class Writer implements Serializer<Object> {
        @Override
        @SuppressWarnings("NullAway") // A missing value stays a missing value.
        public byte[] serialize(String topic, @Nullable Object event) {
            return event == null ? null : framed(bytes(format(topic), event));
        }

        private static byte[] framed(byte[] bytes) {
            return ByteBuffer.allocate(WireHeader.LENGTH + bytes.length)
                    .put((byte) 0)
                    .putInt(1)
                    .put(bytes)
                    .array();
        }

        @SuppressWarnings("unchecked")
        private static <V extends SpecificRecord> byte[] bytes(PrivateFormat<V> format, Object event) {
            return format.encode((V) event);
        }
    }

    /** Named in LATCHKEY_AVRO_DESERIALIZER. */
    public static final class Reader implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] value) {
            return format(topic).decode(Arrays.copyOfRange(value, WireHeader.LENGTH, value.length));
        }
    }

    private static PrivateFormat<?> format(String name) {
        return Topics.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .map(TopicSerde::format)
                .orElseThrow();
    }

    private static <V extends SpecificRecord> PrivateFormat<V> format(Topic<V> topic) {
        return new PrivateFormat<>(topic.type());
    }
}
