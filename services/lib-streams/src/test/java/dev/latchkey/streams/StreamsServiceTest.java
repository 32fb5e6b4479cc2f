package dev.latchkey.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.WholeTopic;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamsServiceTest {
    private static final URI SELF = URI.create("http://localhost:8082");

    private static final Produced<String, String> TEXT = Produced.with(Serdes.String(), Serdes.String());
    private static final int THREE_MEBIBYTES = 3 << 20;

    @TempDir
    private Path directory;

    @Test
    void refusesATopologyWithAStoreThatHasNoName() {
        var nowhere = new KafkaSettings("localhost:1", RegistryFormat.Settings.apicurio(SELF));

        assertThatExceptionOfType(TopologyException.class)
                .isThrownBy(() -> StreamsService.start(settings(nowhere), StreamsServiceTest::countWithoutAName));
    }

    @Test
    void goesOnWithTheRecordThatAThreadFailedAt() throws Exception {
        var isAway = new AtomicBoolean(true);
        var handled = new CopyOnWriteArrayList<String>();
        try (var broker = Broker.start(directory.resolve("broker"))) {
            broker.create(1, Topics.PRICES);
            send(broker, "first", "second");

            try (var _ = StreamsService.start(
                    settings(broker.settings()),
                    builder -> prices(builder).foreach((_, value) -> {
                        if (value.equals("second") && isAway.getAndSet(false)) {
                            throw new IllegalStateException("a part is away");
                        }
                        handled.add(value);
                    }))) {
                await().dontCatchUncaughtExceptions()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> handled.contains("second"));
            }
        }
        assertThat(handled).endsWith("second").containsOnlyOnce("second");
    }

    @Test
    void keepsEntriesOfStoresThatAreLargerThanBrokersTakeByDefault() throws Exception {
        try (var broker = Broker.start(directory.resolve("broker"))) {
            broker.create(1, Topics.PRICES);
            send(broker, "large");
            var changelog = new WholeTopic(broker.bootstrap(), "latchkey-test-large-changelog");
            var handled = new CopyOnWriteArrayList<String>();

            try (var _ = StreamsService.start(
                    settings(broker.settings()),
                    builder -> prices(builder)
                            .map((_, value) -> KeyValue.pair(value, value.repeat(THREE_MEBIBYTES / value.length())))
                            .toTable(
                                    Named.as("larger"),
                                    Materialized.<String, String, KeyValueStore<Bytes, byte[]>>as("large")
                                            .withKeySerde(Serdes.String())
                                            .withValueSerde(Serdes.String()))
                            .toStream()
                            .foreach((key, _) -> handled.add(key)))) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() ->
                                handled.contains("large") && changelog.read().size() == 1);
            }
        }
    }

    @Test
    void commitsNothingAsLongAsWhatLeavesAtOnceCanNotLeave() throws Exception {
        var tried = new AtomicInteger();
        try (var broker = Broker.start(directory.resolve("broker"))) {
            broker.create(1, Topics.PRICES, Topics.TRADES, Topics.PNL);
            takeAtMost(broker, Topics.TRADES, 10);
            send(broker, "too much for that topic");

            try (var _ = StreamsService.start(
                    settings(broker.settings()),
                    builder -> {
                        var prices = prices(builder);
                        prices.peek((_, _) -> tried.incrementAndGet()).to(Topics.TRADES.name(), TEXT);
                        prices.to(Topics.PNL.name(), TEXT);
                    },
                    Set.of(Topics.TRADES))) {
                await().dontCatchUncaughtExceptions()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> tried.get() > 2);
                assertThat(committed(broker, Topics.PNL)).isZero();

                takeAtMost(broker, Topics.TRADES, 10_000);
                await().dontCatchUncaughtExceptions()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> committed(broker, Topics.PNL) == 1);
                assertThat(committed(broker, Topics.TRADES)).isPositive();
            }
        }
    }

    private static int committed(Broker broker, Topic<?> topic) {
        return new WholeTopic(broker.bootstrap(), topic.name()).read().size();
    }

    private static void takeAtMost(Broker broker, Topic<?> topic, int bytes) throws Exception {
        var limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        try (var admin = Admin.create(broker.settings().clientProperties())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                            List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static void countWithoutAName(StreamsBuilder builder) {
        prices(builder)
                .groupBy((_, value) -> value, Grouped.with(Serdes.String(), Serdes.String()))
                .count();
    }

    private static KStream<String, String> prices(StreamsBuilder builder) {
        return builder.stream(Topics.PRICES.name(), Consumed.with(Serdes.String(), Serdes.String()));
    }

    private static void send(Broker broker, String... values) throws Exception {
        try (var producer = new KafkaProducer<>(
                broker.settings().clientProperties(), new StringSerializer(), new StringSerializer())) {
            for (var value : List.of(values)) {
                producer.send(new ProducerRecord<>(Topics.PRICES.name(), value)).get();
            }
        }
    }

    private StreamsSettings settings(KafkaSettings kafka) {
        return new StreamsSettings("latchkey-test", kafka, directory.resolve("state"), SELF);
    }
}
