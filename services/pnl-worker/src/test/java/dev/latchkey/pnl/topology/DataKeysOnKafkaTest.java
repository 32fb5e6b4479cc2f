package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.USER;
import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.id;
import static org.awaitility.Awaitility.await;

import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.streams.StreamsService;
import dev.latchkey.streams.StreamsSettings;
import dev.latchkey.testing.Broker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pnl-worker makes of data-keys when it reads the topic of a real broker once more from its start. */
@SuppressWarnings("NullAway.Init")
final class DataKeysOnKafkaTest {
    private static final String WORKER = "pnl-test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ConditionFactory SOON = await().atMost(PATIENCE);

    private final InMemoryFormat format = new InMemoryFormat();
    private Path directory;
    private Broker broker;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start(@TempDir Path directory) {
        this.directory = directory;
        broker = Broker.start(directory.resolve("kafka"));
        broker.create(
                1,
                Topics.TRADES,
                Topics.DATA_KEYS,
                Topics.PRICES,
                Topics.CORPORATE_ACTIONS,
                Topics.PNL,
                Topics.PNL_CLOSED,
                Topics.DEAD_LETTERS);
        MarketTopics.create(broker.settings());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
        broker.close();
    }

    @Test
    void knowsAForgottenUserThoughJunkCameUnderTheSameKey() throws Exception {
        var forgotten = DataKeyChanged.newBuilder()
                .setEventId(id("forgotten"))
                .setUserId(USER)
                .setChangedAt(START)
                .build();
        send(Topics.DATA_KEYS, forgotten);
        send(Topics.DATA_KEYS, "junk!".getBytes(StandardCharsets.UTF_8));
        try (var _ = worker("before", RunningBooks.payloads())) {
            SOON.until(() -> committed(Topics.DATA_KEYS) == 2);
        }
        var payloads = RunningBooks.payloads();

        send(Topics.TRADES, buy("late", 1, "1", "100"));

        try (var _ = worker("afterwards", payloads)) {
            SOON.until(() -> payloads.dropped().sum() == 1);
        }
    }

    /** One that has nothing but what is on the broker. */
    private StreamsService worker(String stateDir, Payloads payloads) {
        var topology = new PnlTopology(format, RunningBooks.FIFO, payloads);
        var settings = new StreamsSettings(
                WORKER, broker.settings(), directory.resolve(stateDir), URI.create("http://localhost:1001"));
        return StreamsService.start(settings, topology::build);
    }

    private long committed(Topic<?> topic) throws Exception {
        try (var admin = Admin.create(broker.settings().clientProperties())) {
            var offsets = admin.listConsumerGroupOffsets(WORKER).partitionsToOffsetAndMetadata();
            var offset = offsets.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).get(new TopicPartition(topic.name(), 0));
            return offset == null ? 0 : offset.offset();
        }
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, V event) throws Exception {
        send(topic, format.serializer(topic).serialize(topic.name(), event));
    }

    private void send(Topic<?> topic, byte[] value) throws ExecutionException, InterruptedException, TimeoutException {
        producer.send(new ProducerRecord<>(topic.name(), USER.toString(), value))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
