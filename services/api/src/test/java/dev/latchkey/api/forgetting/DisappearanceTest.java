package dev.latchkey.api.forgetting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.credentials.UserDataKey;
import dev.latchkey.api.forgetting.Disappearance.Step;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.TopicSerde;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DisappearanceTest {
    private static final UUID ADA = UUID.randomUUID();
    private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final Map<Step, Instant> over = new EnumMap<>(Step.class);
    private Broker broker;
    private Instant now = BEGIN;
    private int looksAtTheClock;

    @BeforeEach
    void startBroker(@TempDir Path directory) {
        broker = Broker.start(directory);
        broker.create(1, Topics.DATA_KEYS);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    /** A worker can have opened the key just before it was told, and may be set to remember it for a minute. */
    @Test
    void countsWhatWorkersRememberFromWhenTheyWereTold() throws Exception {
        everythingIsBooked();
        var disappearance = new Disappearance(topic(), this::clock, () -> {}, Duration.ZERO);

        var open = disappearance.await(ADA, BEGIN.plus(Duration.ofHours(1)), step -> over.put(step, now));

        assertThat(open).isEmpty();
        assertThat(over).containsOnlyKeys(Step.values());
        assertThat(over.getOrDefault(Step.TOLD, BEGIN)).isAfter(BEGIN.plus(BETWEEN_LOOKS));
        assertThat(Duration.between(over.getOrDefault(Step.TOLD, BEGIN), over.getOrDefault(Step.CACHES, BEGIN)))
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(60).plus(BETWEEN_LOOKS.multipliedBy(3)));
    }

    /** Time passes whenever somebody looks. Everybody is told at the third look. */
    private Instant clock() {
        now = now.plus(BETWEEN_LOOKS);
        looksAtTheClock++;
        if (looksAtTheClock == 3) {
            tell();
        }
        return now;
    }

    private void tell() {
        try (var producer = new KafkaProducer<>(
                        settings().clientProperties(), new StringSerializer(), new ByteArraySerializer());
                var serializer = format().serializer(Topics.DATA_KEYS)) {
            var event = UserDataKey.forgotten(ADA, UUID.randomUUID(), now);
            var bytes = serializer.serialize(Topics.DATA_KEYS.name(), event);
            producer.send(new ProducerRecord<>(Topics.DATA_KEYS.name(), ADA.toString(), bytes))
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void everythingIsBooked() throws Exception {
        var partition = new TopicPartition(Topics.DATA_KEYS.name(), 0);
        try (var admin = Admin.create(settings().clientProperties())) {
            admin.alterConsumerGroupOffsets("latchkey-pnl-worker", Map.of(partition, new OffsetAndMetadata(1_000)))
                    .all()
                    .get();
        }
    }

    private DataKeyTopic topic() {
        return new DataKeyTopic(settings());
    }

    private KafkaSettings settings() {
        return new KafkaSettings(
                broker.bootstrap(),
                new RegistryFormat.Settings(
                        URI.create("http://localhost:1"),
                        TopicSerde.Writer.class.getName(),
                        TopicSerde.Reader.class.getName()));
    }

    private WireFormat format() {
        return settings().format();
    }
}
