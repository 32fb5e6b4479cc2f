package dev.latchkey.api.outbox;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.SealedKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The credentials topic as somebody knows it who has read all of it: of every credential the newest state. */
final class KnownCredentials {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NO_KEY = Integer.MAX_VALUE;

    private record Known(long revision, int version) {
        static Known of(CredentialChanged change) {
            var sealedKey = change.getSealedKey();
            return new Known(change.getRevision(), sealedKey == null ? NO_KEY : SealedKey.versionOf(sealedKey));
        }

        static Known newer(Known one, Known other) {
            return other.revision() > one.revision() ? other : one;
        }
    }

    private final Map<UUID, Known> newest = new HashMap<>();

    private KnownCredentials() {}

    /**
     * Reads up to where the topic ends now, transactions included that are just being decided: what it has seen, everybody
     * who reads on can see.
     */
    static KnownCredentials read(KafkaSettings kafka) {
        var known = new KnownCredentials();
        try (var reader = kafka.format().reader(Topics.CREDENTIALS);
                var undecided = consumer(kafka, "read_uncommitted");
                var committed = consumer(kafka, "read_committed")) {
            var partitions = undecided.partitionsFor(Topics.CREDENTIALS.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            var ends = undecided.endOffsets(partitions);
            committed.assign(partitions);
            committed.seekToBeginning(partitions);
            known.learn(committed, reader, ends);
        }
        return known;
    }

    long activeBelow(int version) {
        return newest.values().stream()
                .filter(known -> known.version() < version)
                .count();
    }

    private void learn(
            Consumer<byte[], byte[]> consumer, EventReader<CredentialChanged> reader, Map<TopicPartition, Long> ends) {
        long since = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var records = consumer.poll(POLL);
            records.forEach(found -> learn(reader.read(found.value())));
            if (!records.isEmpty()) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new TimeoutException("nothing came for " + PATIENCE);
            }
        }
    }

    /** What nobody can read nobody knows. */
    private void learn(Decoded<CredentialChanged> read) {
        if (read instanceof Decoded.Event<CredentialChanged>(var change)) {
            newest.merge(change.getCredentialId(), Known.of(change), Known::newer);
        }
    }

    private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka, String isolation) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("isolation.level", isolation);
        properties.put("enable.auto.commit", false);
        properties.put("default.api.timeout.ms", 10_000);
        var bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(properties, bytes, bytes);
    }
}
