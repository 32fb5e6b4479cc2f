package dev.latchkey.audit.kafka;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.History;
import dev.latchkey.audit.history.HistoryUnavailable;
import dev.latchkey.audit.history.Place;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.RegistryUnavailable;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The history on its topic: what was committed when the reading began, read without a group and without a trace. */
public final class TopicHistory implements History {
    private static final int FETCH_BYTES = 4 * 1024 * 1024;
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Map<String, Object> client;
    private final WireFormat format;

    public TopicHistory(Map<String, Object> client, WireFormat format) {
        this.client = Map.copyOf(client);
        this.format = format;
    }

    @Override
    public void tell(Consumer<Entry> listener) {
        try (var consumer = new KafkaConsumer<>(properties(), new StringDeserializer(), new ByteArrayDeserializer());
                var reader = format.reader(Topics.CREDENTIAL_AUDIT)) {
            var stretch = Stretch.of(Topics.CREDENTIAL_AUDIT, consumer);
            stretch.read(row -> listener.accept(entry(row, reader)));
        } catch (KafkaException e) {
            var bootstrap = client.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
            throw new HistoryUnavailable("the history can not be read from Kafka at " + bootstrap, e);
        } catch (RegistryUnavailable e) {
            throw new HistoryUnavailable(Objects.requireNonNull(e.getMessage()), e);
        }
    }

    private static Entry entry(ConsumerRecord<String, byte[]> row, EventReader<CredentialAudited> reader) {
        var place = new Place(row.partition(), row.offset());
        return switch (reader.read(row.value())) {
            case Decoded.Event<CredentialAudited>(var event) ->
                new Entry.Change(place, Objects.requireNonNullElse(row.key(), ""), event);
            case Decoded.Undecodable<CredentialAudited>(var detail) -> new Entry.Unreadable(place, detail);
        };
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
