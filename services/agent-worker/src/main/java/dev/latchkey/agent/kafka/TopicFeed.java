package dev.latchkey.agent.kafka;

import dev.latchkey.agent.credentials.CatchUp;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener everything on a compacted topic, from the beginning, and knows until when it is sure to have told
 * everything: it asks itself all the time. Whatever breaks it, it starts afresh, from the beginning. What can not be read
 * or breaks the rule is passed over: dead letters of credentials are the router's, and one of each is enough; on data-keys,
 * nobody but the api writes.
 */
public final class TopicFeed<V extends SpecificRecord> implements BooleanSupplier, CatchUp, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BEFORE_STARTING_AGAIN = Duration.ofSeconds(1);
    /** Longer than any question takes that is answered at all. */
    private static final Duration RECENT = Duration.ofSeconds(5);
    /** How long a partition may be there before it is read. */
    private static final int NEW_PARTITIONS_MILLIS = 2_000;

    /** A topic and how its records are read. */
    public record Source<V extends SpecificRecord>(Topic<V> topic, Inlet<V> inlet) {}

    private final KafkaSettings kafka;
    private final Topic<V> topic;
    private final Inlet<V> inlet;
    private final Consumer<V> listener;
    private final InstantSource clock;
    private final Queue<Asker> askers = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().unstarted(this::run);
    private volatile Instant sureUntil = Instant.EPOCH;

    private TopicFeed(KafkaSettings kafka, Source<V> source, Consumer<V> listener, InstantSource clock) {
        this.kafka = kafka;
        this.topic = source.topic();
        this.inlet = source.inlet();
        this.listener = listener;
        this.clock = clock;
    }

    public static <V extends SpecificRecord> TopicFeed<V> start(
            KafkaSettings kafka, Source<V> source, Consumer<V> listener, InstantSource clock) {
        var feed = new TopicFeed<>(kafka, source, listener, clock);
        feed.thread.setName(source.topic().name() + "-feed");
        feed.thread.start();
        return feed;
    }

    /** Whether everything was told that was there a few seconds ago. */
    @Override
    public boolean getAsBoolean() {
        return isRecent();
    }

    @Override
    public boolean isRecent() {
        return clock.instant().isBefore(sureUntil.plus(RECENT));
    }

    @Override
    public boolean before(Instant deadline) throws InterruptedException {
        var asker = ask();
        try {
            return asker.await(deadline);
        } finally {
            askers.remove(asker);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                followUntilBroken();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a listener throws may quote anything: its type is told. */
    private void followUntilBroken() throws InterruptedException {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(properties())) {
            follow(consumer);
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                var failure = e.getClass().getSimpleName();
                LOG.warn("Reading failed, starting again topic={} failure={}", topic.name(), failure);
                Thread.sleep(BEFORE_STARTING_AGAIN);
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        askers.forEach(Asker::beginAgain);
        while (true) {
            takePartitions(consumer);
            var question = ask();
            while (!question.isAnswered()) {
                for (var record : consumer.poll(POLL)) {
                    learn(record);
                }
                askers.removeIf(asker -> asker.isAnsweredBy(consumer));
            }
            sureUntil = question.askedAt();
        }
    }

    /** Also those that were added since the last time. They are read from their beginning, too. */
    private void takePartitions(KafkaConsumer<byte[], byte[]> consumer) {
        var partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        var added = new ArrayList<>(partitions);
        added.removeAll(consumer.assignment());
        if (!added.isEmpty()) {
            consumer.assign(partitions);
            consumer.seekToBeginning(added);
        }
    }

    private Asker ask() {
        var asker = new Asker(clock);
        askers.add(asker);
        return asker;
    }

    private void learn(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        switch (inlet.admit(record)) {
            case Admission.Admitted<V>(var event) -> listener.accept(event);
            case Admission.Rejected<V>(var _, var detail) ->
                LOG.warn(
                        "Record passed over topic={} partition={} offset={} reason={}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        detail);
        }
    }

    private Map<String, Object> properties() {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, NEW_PARTITIONS_MILLIS);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }
}
