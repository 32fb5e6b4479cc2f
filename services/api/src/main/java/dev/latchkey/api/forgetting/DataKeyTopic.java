package dev.latchkey.api.forgetting;

import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.Stretch;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic data-keys as it is on the broker now, and how far the pnl-worker has come with it. */
public final class DataKeyTopic {
    private static final String BOOKKEEPERS = "latchkey-pnl-worker";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final Duration patience;

    public DataKeyTopic(KafkaSettings kafka) {
        this(kafka, PATIENCE);
    }

    /** @param patience how long the broker may be silent before it is held to be gone */
    DataKeyTopic(KafkaSettings kafka, Duration patience) {
        this.kafka = kafka;
        this.patience = patience;
    }

    /**
     * Reads the whole topic, without a group: what the broker has not cleaned yet, anybody could read. Throws Kafka's
     * TimeoutException when the broker goes away meanwhile.
     */
    public Traces of(UUID userId) {
        try (var consumer = new KafkaConsumer<>(properties(), new StringDeserializer(), new ByteArrayDeserializer());
                var reader = kafka.format().reader(Topics.DATA_KEYS)) {
            var own = new ArrayList<ConsumerRecord<String, byte[]>>();
            Stretch.whole(consumer, Topics.DATA_KEYS.name(), patience).read(record -> {
                if (userId.toString().equals(record.key())) {
                    own.add(record);
                }
            });
            var traces = Traces.none();
            for (var record : own) {
                traces = with(traces, record, reader);
            }
            return traces;
        }
    }

    /** Whether the pnl-worker has committed past a record, and with it what followed from the record. */
    public boolean isBooked(int partition, long offset) {
        try (var admin = Admin.create(kafka.clientProperties())) {
            var committed = admin.listConsumerGroupOffsets(BOOKKEEPERS)
                    .partitionsToOffsetAndMetadata()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .get(new TopicPartition(Topics.DATA_KEYS.name(), partition));
            return committed != null && committed.offset() > offset;
        } catch (ExecutionException | TimeoutException e) {
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Parts.absent("Kafka", kafka.bootstrap(), KafkaSettings.KAFKA, e);
        }
    }

    private static Traces with(
            Traces before, ConsumerRecord<String, byte[]> record, EventReader<DataKeyChanged> reader) {
        return switch (reader.read(record.value())) {
            case Decoded.Event<DataKeyChanged>(var event)
            when event.getWrappedKey() == null ->
                new Traces(record.partition(), before.wrappedKeys(), OptionalLong.of(record.offset()));
            case Decoded.Event<DataKeyChanged> _, Decoded.Undecodable<DataKeyChanged> _ ->
                new Traces(record.partition(), before.wrappedKeys() + 1, before.forgottenAt());
        };
    }

    private Map<String, Object> properties() {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        return properties;
    }
}
