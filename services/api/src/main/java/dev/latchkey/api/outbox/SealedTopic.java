package dev.latchkey.api.outbox;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Stretch;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.SealedKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A topic with sealed keys. Whoever has read all of it knows of every key the newest state. */
public final class SealedTopic<V extends SpecificRecord> {
    /** The keys of active credentials. */
    public static final SealedTopic<CredentialChanged> CREDENTIALS = new SealedTopic<>(
            Topics.CREDENTIALS,
            change -> new Known(change.getCredentialId(), change.getRevision(), change.getSealedKey()));

    /** The data keys of users; what is told of one is in the order in which it happened. */
    public static final SealedTopic<DataKeyChanged> DATA_KEYS =
            new SealedTopic<>(Topics.DATA_KEYS, change -> new Known(change.getUserId(), 0, change.getWrappedKey()));

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param ciphertext null when there is none any more */
    private record Known(UUID id, long revision, @Nullable String ciphertext) {
        boolean isBelow(int version) {
            return ciphertext != null && SealedKey.versionOf(ciphertext) < version;
        }

        static Known newer(Known one, Known other) {
            return other.revision() >= one.revision() ? other : one;
        }
    }

    private final Topic<V> topic;
    private final Function<V, Known> known;

    private SealedTopic(Topic<V> topic, Function<V, Known> known) {
        this.topic = topic;
        this.known = known;
    }

    public String name() {
        return topic.name();
    }

    /**
     * How many keys somebody knows below a version who reads up to where the topic ends now, transactions included that are
     * just being decided: what is seen here, everybody who reads on can see.
     */
    long countBelow(int version, KafkaSettings kafka) {
        var newest = new HashMap<UUID, Known>();
        try (var reader = kafka.format().reader(topic);
                var undecided = consumer(kafka, "read_uncommitted");
                var committed = consumer(kafka, "read_committed")) {
            var ends = undecided.endOffsets(Stretch.partitions(undecided, topic.name()));
            Stretch.fromBeginning(committed, ends, PATIENCE).read(found -> learn(reader, found.value(), newest));
        }
        return newest.values().stream().filter(key -> key.isBelow(version)).count();
    }

    /** What nobody can read nobody knows. */
    private void learn(EventReader<V> reader, byte[] value, Map<UUID, Known> newest) {
        if (reader.read(value) instanceof Decoded.Event<V>(var change)) {
            var key = known.apply(change);
            newest.merge(key.id(), key, Known::newer);
        }
    }

    private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka, String isolation) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("isolation.level", isolation);
        properties.put("enable.auto.commit", false);
        properties.put("default.api.timeout.ms", 10_000);
        // A consumer that is closed waits for its last fetch.
        properties.put("fetch.max.wait.ms", 20);
        var bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(properties, bytes, bytes);
    }
}
