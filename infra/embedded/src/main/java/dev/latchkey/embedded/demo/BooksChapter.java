package dev.latchkey.embedded.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.demo.Recording.Row;
import dev.latchkey.events.Fee;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.Side;
import dev.latchkey.events.TradeKind;
import dev.latchkey.events.TradeReported;
import dev.latchkey.schemas.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A morning of trades and prices, and what the books come to. The expected figures were computed elsewhere. */
final class BooksChapter {
    private static final List<String> FIGURES = List.of("realized_gross", "fees", "realized_net", "unrealized_gross");

    private final Scene scene;
    private final Cast cast;
    private final Checks checks;

    BooksChapter(Scene scene, Checks checks) {
        this.scene = scene;
        this.cast = scene.cast();
        this.checks = checks;
    }

    void play() {
        var trades = Recording.rows("trades.csv");
        var prices = Recording.rows("prices.csv");
        checks.chapter("A morning of " + trades.size() + " trades and " + prices.size()
                + " prices is replayed, duplicates and late arrivals included");
        var recorded = Stream.of(trades, prices).flatMap(List::stream).toList();
        var later = Recording.untilNow(Instant.now(), recorded);
        trades.forEach(trade -> publishTrade(trade, later));
        prices.forEach(price -> publishPrice(price, later));
        for (var expected : Recording.rows("expected.csv")) {
            compare(person(expected.text("user")), expected);
        }
    }

    private void compare(Person person, Row expected) {
        checks.waitingFor(person.name() + "'s books");
        var currency = expected.text("quote_currency");
        var book = Eventually.ask(() -> book(person, currency), summary -> isAs(expected, summary));
        for (var figure : FIGURES) {
            var amount = expected.amount(figure);
            checks.equal(
                    person.name() + "'s " + figure.replace('_', ' ') + " is "
                            + amount.stripTrailingZeros().toPlainString() + " " + currency,
                    amount,
                    amount(book, figure));
        }
    }

    private static JsonNode book(Person person, String currency) {
        var currencies = person.api().get(ApiClient.PNL).body().path("currencies");
        return StreamSupport.stream(currencies.spliterator(), false)
                .filter(summary -> summary.path("quote_currency").asText().equals(currency))
                .findFirst()
                .orElse(currencies.path(-1));
    }

    private static boolean isAs(Row expected, JsonNode summary) {
        return FIGURES.stream().allMatch(figure -> expected.amount(figure).compareTo(amount(summary, figure)) == 0);
    }

    private static BigDecimal amount(JsonNode summary, String figure) {
        return new BigDecimal(summary.path(figure).asText("0"));
    }

    private void publishTrade(Row row, Duration later) {
        var person = person(row.text("user"));
        var algorithm = row.text("algorithm");
        var trade = TradeReported.newBuilder()
                .setEventId(eventId(row.text("id")))
                .setKind(TradeKind.NEW)
                .setUserId(person.id())
                .setAlgorithmId(algorithm.isEmpty() ? null : algorithm)
                .setSymbol(row.text("symbol"))
                .setQuoteCurrency(row.text("symbol").split("-", -1)[1])
                .setSide(Side.valueOf(row.text("side")))
                .setQuantity(row.amount("quantity"))
                .setPrice(row.amount("price"))
                .setFees(List.of(new Fee(row.amount("fee"), row.text("fee_currency"), null)))
                .setExecutedAt(row.time("time").plus(later))
                .setVenue("demo")
                .build();
        scene.publisher().publish(Topics.TRADES, person.id().toString(), trade);
    }

    private void publishPrice(Row row, Duration later) {
        var price = PriceObserved.newBuilder()
                .setSymbol(row.text("symbol"))
                .setPrice(row.amount("price"))
                .setObservedAt(row.time("time").plus(later))
                .setSource("demo")
                .build();
        scene.publisher().publish(Topics.PRICES, price.getSymbol(), price);
    }

    /** The same in every copy of a trade, and different in every run of the demo. */
    private UUID eventId(String id) {
        var name = cast.alice().id() + " " + id;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private Person person(String letter) {
        return letter.equals("A") ? cast.alice() : cast.bob();
    }
}
