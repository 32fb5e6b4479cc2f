package dev.latchkey.audit.kafka;

import dev.latchkey.audit.history.HistoryUnavailable;
import dev.latchkey.audit.history.Place;
import dev.latchkey.runtime.Stretch;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.RegistryUnavailable;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What was committed on a topic when the reading began, read without a group and without a trace. */
final class CommittedTopic<V extends SpecificRecord> {
    private static final int FETCH_BYTES = 4 * 1024 * 1024;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /**
     * A record.
     *
     * @param key empty when it has none
     * @param isTombstone whether it has no value
     */
    record Row<V>(Place place, String key, boolean isTombstone, Decoded<V> value) {}

    private final Topic<V> topic;
    private final Map<String, Object> client;
    private final WireFormat format;

    CommittedTopic(Topic<V> topic, Map<String, Object> client, WireFormat format) {
        this.topic = topic;
        this.client = Map.copyOf(client);
        this.format = format;
    }

    void read(Consumer<Row<V>> listener) {
        try (var consumer = new KafkaConsumer<>(properties(), new StringDeserializer(), new ByteArrayDeserializer());
                var reader = format.reader(topic)) {
            Stretch.whole(consumer, topic.name(), PATIENCE).read(row -> listener.accept(row(row, reader)));
        } catch (KafkaException e) {
            var bootstrap = client.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
            throw new HistoryUnavailable(topic.name() + " can not be read from Kafka at " + bootstrap, e);
        } catch (RegistryUnavailable e) {
            throw new HistoryUnavailable(Objects.requireNonNull(e.getMessage()), e);
        }
    }

    private static <V extends SpecificRecord> Row<V> row(ConsumerRecord<String, byte[]> row, EventReader<V> reader) {
        return new Row<>(
                new Place(row.partition(), row.offset()),
                Objects.requireNonNullElse(row.key(), ""),
                row.value() == null,
                reader.read(row.value()));
    }

    private Map<String, Object> properties() {
        var properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        return properties;
    }
}
