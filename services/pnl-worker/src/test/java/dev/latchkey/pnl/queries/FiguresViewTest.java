package dev.latchkey.pnl.queries;

import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.TradeReported;
import dev.latchkey.pnl.topology.MarketTopics;
import dev.latchkey.pnl.topology.PnlTopology;
import dev.latchkey.pnl.topology.RunningBooks;
import dev.latchkey.pnl.views.Lookup;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.assertj.core.groups.Tuple;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pnl-workers share the users of one real broker; one of them goes. */
@SuppressWarnings("NullAway.Init")
final class FiguresViewTest {
    private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(60));
    private static final URI ONE = URI.create("http://localhost:1001");
    private static final URI TWO = URI.create("http://localhost:1002");
    private static final int LEVELS = 3;
    private static final UUID NEWCOMER = id("newcomer");
    private static final List<UUID> USERS =
            IntStream.range(0, 12).mapToObj(i -> id("user-" + i)).toList();

    private final InMemoryFormat format = new InMemoryFormat();
    private Path directory;
    private Broker broker;

    @BeforeEach
    void start(@TempDir Path directory) {
        this.directory = directory;
        broker = Broker.start(directory.resolve("kafka"));
        broker.create(
                4,
                Topics.TRADES,
                Topics.DATA_KEYS,
                Topics.PRICES,
                Topics.CORPORATE_ACTIONS,
                Topics.PNL,
                Topics.PNL_CLOSED,
                Topics.DEAD_LETTERS);
        MarketTopics.create(kafka());
        buyFor(USERS);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void findsEveryUserAtOneOfTwoInstancesAndThenAtTheOneThatStays() {
        try (var one = instance(ONE)) {
            try (var two = instance(TWO)) {
                SOON.untilAsserted(() -> assertThat(USERS)
                        .allMatch(user -> owns(one, user, two) || owns(two, user, one))
                        .anyMatch(user -> owns(one, user, two))
                        .anyMatch(user -> owns(two, user, one)));
            }
            SOON.until(() -> USERS.stream().allMatch(user -> size(one.of(user)) == LEVELS));

            assertThat(one.of(NEWCOMER)).isEqualTo(new Lookup.Found(List.of()));
        }
    }

    @Test
    void findsTheFiguresOfTheUserAskedForAndOfNobodyElse() {
        try (var one = instance(ONE)) {
            var user = USERS.getFirst();
            SOON.until(() -> size(one.of(user)) == LEVELS);

            assertThat(figures(one.of(user)))
                    .extracting(PnlUpdated::getUserId, PnlUpdated::getLevel, PnlUpdated::getTradeCount)
                    .containsExactly(
                            Tuple.tuple(user, PnlLevel.SYMBOL, 1L),
                            Tuple.tuple(user, PnlLevel.ALGORITHM, 1L),
                            Tuple.tuple(user, PnlLevel.USER, 1L));
        }
    }

    @Test
    void saysThatNobodyCanTellBeforeItHasStarted() {
        try (var streams = new KafkaStreams(topology(), properties())) {
            var view = new FiguresView(streams, ONE);

            assertThat(view.of(USERS.getFirst())).isEqualTo(new Lookup.Unsettled());
        }
    }

    @Test
    void saysThatNobodyCanTellAfterItHasGone() {
        var one = instance(ONE);
        one.close();

        assertThat(one.of(USERS.getFirst())).isEqualTo(new Lookup.Unsettled());
    }

    /** Whether one instance has a user's figures and another one sends there. */
    private static boolean owns(Instance owner, UUID user, Instance other) {
        return size(owner.of(user)) == LEVELS && other.of(user).equals(new Lookup.Elsewhere(owner.url()));
    }

    private static int size(Lookup lookup) {
        return figures(lookup).size();
    }

    private static List<PnlUpdated> figures(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Found(var figures) -> figures;
            case Lookup.Elsewhere _, Lookup.Unsettled _ -> List.of();
        };
    }

    private Topology topology() {
        var builder = new StreamsBuilder();
        new PnlTopology(format, RunningBooks.FIFO, RunningBooks.payloads()).build(builder);
        return builder.build();
    }

    private Properties properties() {
        var properties = new Properties();
        properties.putAll(kafka().clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "pnl-test");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("unused").toString());
        return properties;
    }

    private Instance instance(URI url) {
        return new Instance(url, kafka(), format, directory.resolve("state-" + url.getPort()));
    }

    /** Nobody asks the registry: the test brings its own format. */
    private KafkaSettings kafka() {
        return new KafkaSettings(
                broker.bootstrap(), RegistryFormat.Settings.apicurio(URI.create("http://localhost:1")));
    }

    private void buyFor(List<UUID> users) {
        try (var producer = new KafkaProducer<>(
                kafka().clientProperties(), new StringSerializer(), format.serializer(Topics.TRADES))) {
            for (var user : users) {
                var trade = TradeReported.newBuilder(buy("of " + user, 1, "1", "100"))
                        .setUserId(user)
                        .build();
                var _ = producer.send(new ProducerRecord<>(Topics.TRADES.name(), user.toString(), trade));
            }
        }
    }
}
