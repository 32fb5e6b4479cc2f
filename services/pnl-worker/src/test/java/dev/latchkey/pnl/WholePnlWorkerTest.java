package dev.latchkey.pnl;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.decimal;
import static dev.latchkey.pnl.topology.Trades.id;
import static dev.latchkey.pnl.topology.Trades.sell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.TradeReported;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.ServiceProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.groups.Tuple;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pnl-worker as it runs in production: its own process at a real broker. */
@SuppressWarnings("NullAway.Init")
final class WholePnlWorkerTest {
    private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(90));
    private static final UUID ANNA = id("anna");
    private static final int MORE = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path directory;
    private Installation installation;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        this.directory = directory;
        installation = new Installation(directory);
        installation.createTopics();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", installation.broker().bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
        installation.close();
        http.close();
    }

    @Test
    void turnsTradesIntoFiguresThatItsUserCanAsk() throws Exception {
        try (var _ = worker("worker.log");
                var letters = committed(Topics.DEAD_LETTERS)) {
            awaitReadiness();
            send(Topics.PRICES, "BTC-USD", new PriceObserved("BTC-USD", decimal("130"), START, "test", null));
            trade(buy("b", 1, "2", "100"));
            put("trades", ANNA.toString(), "junk".getBytes(StandardCharsets.UTF_8));
            trade(sell("s", 2, "1", "120"));

            SOON.until(() -> summary().path("unrealized_gross").asText().equals("30.000000000000000000"));
            assertThat(summary().path("realized_net").asText()).isEqualTo("20.000000000000000000");
            assertThat(get("/api/v1/users/me/pnl/positions").path("positions")).hasSize(2);
            assertThat(get("/internal/v1/users/" + ANNA + "/pnl").path("currencies"))
                    .isEqualTo(get("/api/v1/users/me/pnl").path("currencies"));
            assertThat(get("/internal/v1/prices/BTC-USD")
                            .path("prices")
                            .path(0)
                            .path("price")
                            .asText())
                    .isEqualTo("130.000000000000000000");
            SOON.until(() -> !letters.records().isEmpty());
            assertThat(letters.values())
                    .extracting(DeadLettered::getSourceTopic, DeadLettered::getService)
                    .containsExactly(Tuple.tuple("trades", "pnl-worker"));
        }
    }

    @Test
    void countsEveryTradeOnceThoughItIsKilledAmongThem() throws Exception {
        try (var closings = committed(Topics.PNL_CLOSED);
                var figures = committed(Topics.PNL)) {
            var killed = worker("killed.log");
            var trips = new AtomicInteger();
            SOON.pollInterval(Duration.ofMillis(10)).until(() -> {
                roundTrip(trips.getAndIncrement());
                return !closings.records().isEmpty();
            });
            killed.kill();
            for (int more = 0; more < MORE; more++) {
                roundTrip(trips.getAndIncrement());
            }
            int all = trips.get();

            try (var _ = worker("again.log")) {
                SOON.until(() -> closings.records().size() >= all);
            }

            assertThat(closings.values())
                    .extracting(PositionClosed::getTradeId)
                    .containsExactlyElementsOf(IntStream.range(0, all)
                            .mapToObj(trip -> id("exit-" + trip))
                            .toList());
            assertThat(inAll(figures))
                    .extracting(PnlUpdated::getTradeCount)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 2L * all).boxed().toList());
            assertThat(inAll(figures).getLast().getRealizedNet()).isEqualTo(decimal(Integer.toString(all)));
        }
    }

    @Test
    void saysThatItIsNotReadyWhileKafkaIsAwayAndGoesOnByItself() throws Exception {
        try (var _ = worker("worker.log")) {
            awaitReadiness();
            roundTrip(0);
            SOON.until(() -> summary().path("trade_count").asLong() == 2);

            installation.broker().stop();
            SOON.until(() -> !isReady());
            installation.broker().startAgain();

            awaitReadiness();
            roundTrip(1);
            SOON.until(() -> summary().path("trade_count").asLong() == 4);
        }
    }

    @Test
    void stopsCleanlyWhenItIsAskedTo() throws Exception {
        try (var worker = worker("worker.log")) {
            awaitReadiness();

            worker.askToStop();

            assertThat(worker.endsWithin(Duration.ofSeconds(15))).isTrue();
            assertThat(worker.status()).isZero();
            assertThat(worker.output()).doesNotContain("ERROR", "Exception");
        }
    }

    private ServiceProcess worker(String log) throws IOException {
        return ServiceProcess.start(PnlWorkerMain.class, installation.variables(), directory.resolve(log));
    }

    /** Buys one and sells it for one more. */
    private void roundTrip(int number) {
        trade(buy("entry-" + number, 2 * number, "1", "100"));
        trade(sell("exit-" + number, 2 * number + 1, "1", "101"));
    }

    private void trade(TradeReported trade) {
        send(
                Topics.TRADES,
                ANNA.toString(),
                TradeReported.newBuilder(trade).setUserId(ANNA).build());
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, String key, V event) {
        put(topic.name(), key, installation.format().serializer(topic).serialize(topic.name(), event));
    }

    private void put(String topic, String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(topic, key, value));
    }

    private <V extends SpecificRecord> Committed<V> committed(Topic<V> topic) {
        return new Committed<>(installation.broker().bootstrap(), installation.format(), topic);
    }

    private static List<PnlUpdated> inAll(Committed<PnlUpdated> figures) {
        return figures.values().stream()
                .filter(pnl -> pnl.getLevel() == PnlLevel.USER)
                .toList();
    }

    private JsonNode summary() throws IOException, InterruptedException {
        return get("/api/v1/users/me/pnl").path("currencies").path(0);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(ask(path).body());
    }

    private void awaitReadiness() {
        SOON.until(this::isReady);
    }

    private boolean isReady() throws IOException, InterruptedException {
        try {
            return ask("/health/ready").statusCode() == 200;
        } catch (ConnectException _) {
            return false; // It has not started yet.
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(installation.worker().resolve(path))
                .header("Authorization", "Bearer " + installation.token(ANNA))
                .header(ServiceSecret.HEADER.defaultCase(), Installation.SECRET)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
