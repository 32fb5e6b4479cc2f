package dev.latchkey.api.outbox;

import dev.latchkey.events.OutboxPublished;
import dev.latchkey.schemas.PrivateFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Outbox rows as records: out of the private format, into the wire format. */
final class Encoding {
    /** The two formats of one topic. */
    private record Pair<V extends SpecificRecord>(Topic<V> topic, PrivateFormat<V> stored, Serializer<V> wire) {
        static <V extends SpecificRecord> Pair<V> of(Topic<V> topic, WireFormat format) {
            return new Pair<>(topic, new PrivateFormat<>(topic.type()), format.serializer(topic));
        }

        ProducerRecord<byte[], byte[]> record(OutboxRow row, V event) {
            return Encoding.record(topic.name(), row.key(), wire.serialize(topic.name(), event));
        }

        Encoded encode(OutboxRow row) {
            V event;
            try {
                event = stored.decode(row.payload());
            } catch (SerializationException | AvroRuntimeException e) {
                return new Encoded.Undecodable(new Reject(row, "the payload is no event of " + topic.name()));
            }
            return new Encoded.Ready(row, record(row, event));
        }
    }

    /** One row's way into Kafka. */
    sealed interface Encoded {
        record Ready(OutboxRow row, ProducerRecord<byte[], byte[]> record) implements Encoded {}

        record Undecodable(Reject reject) implements Encoded {}
    }

    private static final String POSITION = Topics.OUTBOX_POSITION.name();

    private final Map<String, Pair<?>> pairs;
    private final Serializer<OutboxPublished> positions;

    Encoding(WireFormat format) {
        this.pairs = Stream.of(
                        Topics.CREDENTIALS,
                        Topics.CREDENTIAL_AUDIT,
                        Topics.DATA_KEYS,
                        Topics.BUDGETS,
                        Topics.PROMPTS,
                        Topics.RUN_CONTROLS)
                .map(topic -> Pair.of(topic, format))
                .collect(Collectors.toUnmodifiableMap(pair -> pair.topic().name(), Function.identity()));
        this.positions = format.serializer(Topics.OUTBOX_POSITION);
    }

    /** Throws whatever the wire format throws while the registry is away. */
    Encoded encode(OutboxRow row) {
        var pair = pairs.get(row.topic());
        return pair == null
                ? new Encoded.Undecodable(new Reject(row, "nothing is published to " + row.topic()))
                : pair.encode(row);
    }

    ProducerRecord<byte[], byte[]> position(long batch) {
        return record(POSITION, "outbox", positions.serialize(POSITION, new OutboxPublished(batch)));
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
