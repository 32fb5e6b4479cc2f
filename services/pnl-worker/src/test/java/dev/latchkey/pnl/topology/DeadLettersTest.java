package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.USER;
import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.by;
import static dev.latchkey.pnl.topology.Trades.cancellation;
import static dev.latchkey.pnl.topology.Trades.decimal;
import static dev.latchkey.pnl.topology.Trades.fee;
import static dev.latchkey.pnl.topology.Trades.id;
import static dev.latchkey.pnl.topology.Trades.in;
import static dev.latchkey.pnl.topology.Trades.sell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.Fee;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.TradeKind;
import dev.latchkey.events.TradeReported;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events that can not be booked end with a reason, and the next one is booked. */
final class DeadLettersTest {
    private static final TradeReported GOOD = buy("good", 1, "1", "100");

    private final RunningBooks books = new RunningBooks(RunningBooks.FIFO, START.plusSeconds(600));

    @AfterEach
    void close() {
        books.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenTrades")
    void buriesATradeUnlessItsRuleHolds(String rule, TradeReported broken) {
        books.trade(broken, GOOD);

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getReason, DeadLettered::getDetail, DeadLettered::getSourceOffset)
                .containsExactly(Tuple.tuple(DeadLetterReason.INVALID, rule, 0L));
        assertThat(books.at(PnlLevel.SYMBOL).getTradeCount()).isEqualTo(1);
    }

    static Stream<Arguments> brokenTrades() {
        return Stream.of(
                Arguments.of("quantity is above zero and at most 10^15", buy("x", 1, "0", "1")),
                Arguments.of("quantity is above zero and at most 10^15", buy("x", 1, "-1", "1")),
                Arguments.of("quantity is above zero and at most 10^15", buy("x", 1, "1e16", "0")),
                Arguments.of("price is not below zero and at most 10^15", buy("x", 1, "1", "-1")),
                Arguments.of("quantity times price is at most 10^14", buy("x", 1, "1e8", "1e8")),
                Arguments.of(
                        "every fee has a currency, and is worth at most 10^14", buy("x", 1, "1", "1", fee("1", " "))),
                Arguments.of(
                        "every fee has a currency, and is worth at most 10^14",
                        buy("x", 1, "1", "1", fee("1e15", "USD"))),
                Arguments.of(
                        "every fee has a currency, and is worth at most 10^14",
                        buy("x", 1, "1", "1", fee("1e15", "BNB"))),
                Arguments.of(
                        "every fee has a currency, and is worth at most 10^14",
                        buy("x", 1, "0.1", "1e10", fee("1e5", "BTC"))),
                Arguments.of(
                        "every fee has a currency, and is worth at most 10^14",
                        buy("x", 1, "1", "1", fee("1e5", "BNB", "1e10"))),
                Arguments.of(
                        "the rate of a fee is not below zero and at most 10^15",
                        buy("x", 1, "1", "1", fee("1", "BNB", "-1"))),
                Arguments.of(
                        "the rate of a fee is not below zero and at most 10^15",
                        buy("x", 1, "1", "1", fee("0", "BNB", "1e16"))),
                Arguments.of(
                        "a trade has at most 16 fees",
                        buy(
                                "x",
                                1,
                                "1",
                                "1",
                                Collections.nCopies(17, fee("1", "USD")).toArray(Fee[]::new))),
                Arguments.of(
                        "quoteCurrency is a name without | : - and control characters",
                        in("SAP", "U:SD", buy("x", 1, "1", "1"))),
                Arguments.of(
                        "a symbol with a hyphen ends in -quoteCurrency", in("BTC-USD", "EUR", buy("x", 1, "1", "1"))),
                Arguments.of(
                        "symbol is a name without | and control characters", in("A|B", "USD", buy("x", 1, "1", "1"))),
                Arguments.of(
                        "algorithmId is absent, or a name other than - without | and control characters",
                        by("-", buy("x", 1, "1", "1"))),
                Arguments.of(
                        "refId names another event unless the kind is NEW",
                        TradeReported.newBuilder(GOOD).setRefId(id("y")).build()),
                Arguments.of(
                        "refId names another event unless the kind is NEW",
                        TradeReported.newBuilder(GOOD).setKind(TradeKind.CANCEL).build()),
                Arguments.of(
                        "refId names another event unless the kind is NEW",
                        TradeReported.newBuilder(GOOD)
                                .setKind(TradeKind.CORRECT)
                                .setRefId(GOOD.getEventId())
                                .build()),
                Arguments.of(
                        "every fee has a currency, and is worth at most 10^14",
                        buy("x", 1, "1", "1", fee("1", "c".repeat(101)))),
                Arguments.of(
                        "venue is absent or at most 100 characters long",
                        TradeReported.newBuilder(GOOD).setVenue("v".repeat(101)).build()),
                Arguments.of(
                        "executedAt is between the years 1970 and 2200",
                        TradeReported.newBuilder(GOOD)
                                .setExecutedAt(Instant.parse("1969-12-31T23:59:59Z"))
                                .build()),
                Arguments.of(
                        "sequence is not below zero",
                        TradeReported.newBuilder(GOOD).setSequence(-1).build()));
    }

    @Test
    void buriesATradeWithARateThatNoEventCanCarryAndGoesOn() {
        books.tooWide(buy("x", 1, "1", "1", fee("0", "BNB", "1e30")));
        books.trade(GOOD);

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getReason, DeadLettered::getDetail)
                .containsExactly(
                        Tuple.tuple(DeadLetterReason.INVALID, "the rate of a fee is not below zero and at most 10^15"));
        assertThat(books.at(PnlLevel.SYMBOL).getTradeCount()).isEqualTo(1);
    }

    @Test
    void buriesATradeThatTheBooksHaveNoRoomForAsIfItHadNeverCome() {
        for (int trade = 0; trade < 62; trade++) {
            books.trade(
                    in("S" + trade % 2, "USD", buy("t" + trade, trade, "1", "100", feesInNewCurrencies(trade, 16))));
        }
        var full = books.bytes();
        var tooMuch = in("S0", "USD", sell("too much", 100, "1", "120", feesInNewCurrencies(62, 16)));

        books.trade(tooMuch);
        books.advance(Duration.ofSeconds(1));
        var afterwards = books.bytes();
        books.trade(in("S0", "USD", sell("enough", 101, "1", "120", feesInNewCurrencies(62, 8))));
        books.trade(cancellation("no fees", in("S1", "USD", buy("t1", 1, "1", "100"))), tooMuch);

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getReason, DeadLettered::getDetail, DeadLettered::getSourceOffset)
                .containsExactly(Tuple.tuple(
                        DeadLetterReason.INVALID,
                        "the books have room for the trade, and what it adds up to can be published",
                        62L));
        assertThat(afterwards).isEqualTo(full);
        assertThat(books.at(PnlLevel.USER).getTradeCount()).isEqualTo(63);
        assertThat(books.at(PnlLevel.USER).getFeesOther()).hasSize(62 * 16 + 8 - 16 + 8);
        assertThat(books.closings()).hasSize(2);
    }

    private static Fee[] feesInNewCurrencies(int trade, int count) {
        return IntStream.range(0, count)
                .mapToObj(fee -> fee("1", "C" + (16 * trade + fee)))
                .toArray(Fee[]::new);
    }

    @Test
    void buriesATradeUnderAnotherUsersKey() {
        books.tradeAs(id("somebody else").toString(), GOOD);

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getDetail)
                .containsExactly("the record key is the userId");
        assertThat(books.state()).isEmpty();
    }

    @Test
    void buriesBytesThatAreNoTradeAndGoesOn() {
        books.junk(USER.toString(), "junk!".getBytes(StandardCharsets.UTF_8));
        books.trade(GOOD);

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getReason, DeadLettered::getSourceTopic)
                .containsExactly(Tuple.tuple(DeadLetterReason.UNDECODABLE, "trades"));
        assertThat(books.at(PnlLevel.SYMBOL).getTradeCount()).isEqualTo(1);
    }

    @Test
    void buriesAPriceThatBreaksARuleAndKeepsTheLastGoodOne() {
        books.price("BTC-USD", "110", START);
        books.price("ETH-USD", new PriceObserved("BTC-USD", decimal("1"), START.plusSeconds(1), "test", null));
        books.price("BTC-USD", "-1", START.plusSeconds(2));
        books.price("BTC-USD", new PriceObserved("BTC-USD", decimal("3"), START.plusSeconds(3), "s".repeat(101), null));
        books.price(
                "BTC-USD",
                new PriceObserved("BTC-USD", decimal("2"), Instant.parse("2300-01-01T00:00:00Z"), "x", null));

        books.trade(GOOD);

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getDetail)
                .containsExactly(
                        "the record key is the symbol",
                        "price is not below zero and at most 10^15",
                        "source is at most 100 characters long",
                        "observedAt is between the years 1970 and 2200");
        assertThat(books.at(PnlLevel.SYMBOL).getMark()).isEqualTo(decimal("110"));
    }

    @Test
    void buriesAPriceThatDoesNotSayInWhichCurrencyItIs() {
        books.price("SAP", "100", START);
        books.price("SAP", "EU-R", "100", START);
        books.price("BTC-USD", "EUR", "100", START);
        books.price("BTC-", "100", START);
        books.trade(in("SAP", "USD", GOOD));

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getSourceTopic, DeadLettered::getDetail)
                .containsExactly(
                        Tuple.tuple("prices", "a price has a quoteCurrency unless its symbol is a pair"),
                        Tuple.tuple("prices", "quoteCurrency is a name without | : - and control characters"),
                        Tuple.tuple("prices", "a symbol with a hyphen ends in -quoteCurrency"),
                        Tuple.tuple("prices", "quoteCurrency is a name without | : - and control characters"));
        assertThat(books.at(PnlLevel.SYMBOL).getMark()).isNull();
    }

    @Test
    void buriesASplitByNothing() {
        books.trade(GOOD);

        books.split(RunningBooks.split("none", "BTC-USD", 0, START.plusSeconds(2)));

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getSourceTopic, DeadLettered::getDetail)
                .containsExactly(
                        Tuple.tuple("corporate-actions", "numerator and denominator are between 0.0001 and 10000"));
    }
}
