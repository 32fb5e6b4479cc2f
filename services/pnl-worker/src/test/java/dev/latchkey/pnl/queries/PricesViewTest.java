package dev.latchkey.pnl.queries;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.events.PriceObserved;
import dev.latchkey.pnl.topology.MarketTopics;
import dev.latchkey.pnl.views.LastPrice;
import dev.latchkey.pnl.views.PriceLookup;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pnl-worker on a real broker is asked for prices. */
@SuppressWarnings("NullAway.Init")
final class PricesViewTest {
    private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(60));
    private static final URI ONE = URI.create("http://localhost:1001");

    private final InMemoryFormat format = new InMemoryFormat();
    private Path directory;
    private Broker broker;

    @BeforeEach
    void start(@TempDir Path directory) {
        this.directory = directory;
        broker = Broker.start(directory.resolve("kafka"));
        broker.create(
                2,
                Topics.TRADES,
                Topics.DATA_KEYS,
                Topics.PRICES,
                Topics.CORPORATE_ACTIONS,
                Topics.PNL,
                Topics.PNL_CLOSED,
                Topics.DEAD_LETTERS);
        MarketTopics.create(kafka());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void tellsTheNewestPriceOfASymbolInEachCurrencyAndNoOther() {
        publish(price("BTC-USD", "64000.5", START, null), price("BTC-USD", "64001.25", START.plusSeconds(1), null));
        publish(price("AAPL", "200", START, "USD"), price("AAPL", "170.1", START, "EUR"));
        publish(price("AAPL.B", "7", START, "USD"), price("AAPL:B", "8", START, "USD"));

        try (var one = instance()) {
            SOON.until(() -> List.of("BTC-USD", "AAPL.B", "AAPL:B").stream().allMatch(symbol -> isPriced(one, symbol)));

            assertThat(one.prices("BTC-USD", START.plusSeconds(61)))
                    .isEqualTo(new PriceLookup.Found(
                            List.of(new LastPrice("USD", decimal("64001.25"), START.plusSeconds(1), "test", false))));
            assertThat(one.prices("AAPL", START.plusSeconds(61)))
                    .isEqualTo(new PriceLookup.Found(List.of(
                            new LastPrice("EUR", decimal("170.1"), START, "test", true),
                            new LastPrice("USD", decimal("200"), START, "test", true))));
            assertThat(one.prices("AAP", START)).isEqualTo(new PriceLookup.Found(List.of()));
            assertThat(one.prices("AAPL", START.minusSeconds(1))).isEqualTo(new PriceLookup.Found(List.of()));
        }
    }

    @Test
    void saysThatItCanNotTellAfterItHasGone() {
        var one = instance();
        one.close();

        assertThat(one.prices("BTC-USD", START)).isEqualTo(new PriceLookup.Unsettled());
    }

    private static boolean isPriced(Instance one, String symbol) {
        return one.prices(symbol, START.plusSeconds(61)) instanceof PriceLookup.Found(var prices) && !prices.isEmpty();
    }

    private static PriceObserved price(String symbol, String price, Instant observedAt, @Nullable String currency) {
        return new PriceObserved(symbol, decimal(price), observedAt, "test", currency);
    }

    private Instance instance() {
        return new Instance(ONE, kafka(), format, directory.resolve("state"));
    }

    /** Nobody asks the registry: the test brings its own format. */
    private KafkaSettings kafka() {
        return new KafkaSettings(
                broker.bootstrap(), RegistryFormat.Settings.apicurio(URI.create("http://localhost:1")));
    }

    private void publish(PriceObserved... prices) {
        try (var producer = new KafkaProducer<>(
                kafka().clientProperties(), new StringSerializer(), format.serializer(Topics.PRICES))) {
            for (var price : prices) {
                var _ = producer.send(new ProducerRecord<>(Topics.PRICES.name(), price.getSymbol(), price));
            }
        }
    }
}
