package dev.latchkey.embedded.client;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Everything on a topic from its beginning, as a consumer of another service sees it. For one thread. */
public final class TopicTail<V extends SpecificRecord> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * A record of the topic.
     *
     * @param bytes the value as it came; null for a tombstone
     * @param event what the bytes say; null for a tombstone, and for bytes that are no event
     */
    public record Seen<V>(
            String key, @Nullable Bytes bytes, @Nullable V event) {
        public Optional<V> found() {
            return Optional.ofNullable(event);
        }

        /** Whether there is an event that is so. */
        public boolean is(Predicate<V> condition) {
            return event != null && condition.test(event);
        }
    }

    private final KafkaSettings kafka;
    private final Consumer<String, byte[]> consumer;
    private final EventReader<V> reader;
    private final List<Seen<V>> seen = new ArrayList<>();

    public TopicTail(KafkaSettings kafka, Topic<V> topic) {
        this.kafka = kafka;
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", false);
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        this.reader = kafka.format().reader(topic);
        consumer.assign(consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    /** The first event that is so, waited for; empty when none came in a minute. */
    public Optional<V> first(Predicate<V> condition) {
        return firstSeen(record -> record.is(condition)).flatMap(Seen::found);
    }

    /** The first record that is so, waited for; empty when none came in a minute. */
    public Optional<Seen<V>> firstSeen(Predicate<Seen<V>> condition) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        int looked = 0;
        while (true) {
            for (; looked < seen.size(); looked++) {
                if (condition.test(seen.get(looked))) {
                    return Optional.of(seen.get(looked));
                }
            }
            if (System.nanoTime() > giveUp) {
                return Optional.empty();
            }
            poll();
        }
    }

    /** The records that came since the last look; waits a moment for some. */
    public List<Seen<V>> next() {
        int looked = seen.size();
        poll();
        return List.copyOf(seen.subList(looked, seen.size()));
    }

    /** Every record so far, with those whose transactions are just being decided: they are waited for, a minute at most. */
    public List<Seen<V>> all() {
        var ends = ends();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("not everything up to " + ends + " could be read in a minute");
            }
            poll();
        }
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        consumer.close();
        reader.close();
    }

    /** A commit returns before its records can be read: where committed records end now is too early. */
    private Map<TopicPartition, Long> ends() {
        var bytes = new ByteArrayDeserializer();
        try (var undecided = new KafkaConsumer<>(new HashMap<>(kafka.clientProperties()), bytes, bytes)) {
            return undecided.endOffsets(consumer.assignment());
        }
    }

    private void poll() {
        consumer.poll(POLL).forEach(record -> seen.add(read(record)));
    }

    private Seen<V> read(ConsumerRecord<String, byte[]> record) {
        var event = switch (reader.read(record.value())) {
            case Decoded.Event<V>(var decoded) -> decoded;
            case Decoded.Undecodable<V> _ -> null;
        };
        return new Seen<>(record.key(), Bytes.wrap(record.value()), event);
    }
}
