package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.USER;
import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.by;
import static dev.latchkey.pnl.topology.Trades.decimal;
import static dev.latchkey.pnl.topology.Trades.fee;
import static dev.latchkey.pnl.topology.Trades.id;
import static dev.latchkey.pnl.topology.Trades.in;
import static dev.latchkey.pnl.topology.Trades.sell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.BookMethod;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.events.TradeReported;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What trades make of the books. */
final class BooksTest {
    private final RunningBooks books = new RunningBooks(RunningBooks.FIFO, START.plusSeconds(600));

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void publishesAPositionForTheAlgorithmTheSymbolAndTheUser() {
        books.price("BTC-USD", "130", START.plusSeconds(599));

        books.trade(buy("b", 1, "2", "100", fee("1", "USD")), sell("s", 2, "1", "120", fee("0.5", "USD")));

        var symbol = PnlUpdated.newBuilder()
                .setUserId(USER)
                .setLevel(PnlLevel.SYMBOL)
                .setSymbol("BTC-USD")
                .setQuoteCurrency("USD")
                .setMethod(BookMethod.FIFO)
                .setPositionQty(decimal("1"))
                .setAvgCost(decimal("100"))
                .setRealizedGross(decimal("20"))
                .setFees(decimal("1.5"))
                .setRealizedNet(decimal("18.5"))
                .setOpenFees(decimal("0.5"))
                .setCashFlow(decimal("-81.5"))
                .setUnrealizedGross(decimal("30"))
                .setMarketValue(decimal("130"))
                .setMark(decimal("130"))
                .setMarkAsOf(START.plusSeconds(599))
                .setMarkStale(false)
                .setFeesOther(Map.of())
                .setTradeCount(2)
                .setLastExecutedAt(START.plusSeconds(2))
                .build();
        assertThat(books.state())
                .isEqualTo(Map.of(
                        USER + "|BTC-USD|",
                        symbol,
                        USER + "|BTC-USD|alpha",
                        algorithm(symbol),
                        USER + "||USD",
                        user(symbol)));
    }

    @Test
    void tellsOfEveryClosingOnce() {
        books.trade(buy("b", 1, "2", "100"), sell("s", 2, "3", "120", fee("0.3", "USD")));

        assertThat(books.closings())
                .containsExactly(new PositionClosed(
                        USER,
                        id("s"),
                        "BTC-USD",
                        "alpha",
                        "USD",
                        decimal("2"),
                        decimal("120"),
                        decimal("200"),
                        decimal("40"),
                        decimal("0.2"),
                        decimal("39.8"),
                        START.plusSeconds(2)));
    }

    @Test
    void opensTheRestOfAFlipAtThePriceOfTheFill() {
        books.trade(buy("b", 1, "2", "100"), sell("s", 2, "3", "120", fee("0.3", "USD")));

        var position = books.at(PnlLevel.SYMBOL);
        assertThat(position.getPositionQty()).isEqualTo(decimal("-1"));
        assertThat(position.getAvgCost()).isEqualTo(decimal("120"));
        assertThat(position.getOpenFees()).isEqualTo(decimal("0.1"));
    }

    @Test
    void countsAFeeInTheBaseCurrencyAsLessHeldAndAsAnExpense() {
        books.trade(buy("b", 1, "1", "50000", fee("0.001", "BTC")));

        var position = books.at(PnlLevel.SYMBOL);
        assertThat(position.getPositionQty()).isEqualTo(decimal("0.999"));
        assertThat(position.getFees()).isEqualTo(decimal("50"));
        assertThat(position.getCashFlow()).isEqualTo(decimal("-50000"));
    }

    @Test
    void countsAFeeInAQuoteCurrencyThatIsManyToAUnitOfTheBase() {
        books.trade(in("BTC-IDR", "IDR", buy("b", 1, "0.05", "1700000000", fee("85000", "IDR"))));

        assertThat(books.deadLetters()).isEmpty();
        assertThat(books.at(PnlLevel.SYMBOL).getFees()).isEqualTo(decimal("85000"));
        assertThat(books.at(PnlLevel.SYMBOL).getCashFlow()).isEqualTo(decimal("-85085000"));
    }

    @Test
    void convertsAThirdCurrencyAtTheRateOnTheEvent() {
        books.trade(buy("b", 1, "1", "100", fee("0.01", "BNB", "600"), fee("-1", "USD")));

        assertThat(books.at(PnlLevel.SYMBOL).getFees()).isEqualTo(decimal("5"));
        assertThat(books.at(PnlLevel.SYMBOL).getFeesOther()).isEmpty();
    }

    @Test
    void reportsAThirdCurrencyWithoutARateApart() {
        books.trade(buy("b1", 1, "1", "100", fee("0.01", "BNB")), buy("b2", 2, "1", "100", fee("0.02", "BNB")));

        assertThat(books.at(PnlLevel.USER).getFees()).isEqualTo(decimal("0"));
        assertThat(books.at(PnlLevel.USER).getFeesOther()).isEqualTo(Map.of("BNB", decimal("0.03")));
    }

    @Test
    void netsAlgorithmsAgainstEachOther() {
        books.price("BTC-USD", "110", START.plusSeconds(599));

        books.trade(by("alpha", buy("a", 1, "1", "100")), by("beta", sell("b", 2, "1", "105")));

        var state = books.state();
        assertThat(figures(state, "|BTC-USD|alpha").getUnrealizedGross()).isEqualTo(decimal("10"));
        assertThat(figures(state, "|BTC-USD|beta").getUnrealizedGross()).isEqualTo(decimal("-5"));
        assertThat(figures(state, "|BTC-USD|").getRealizedGross()).isEqualTo(decimal("5"));
        assertThat(figures(state, "|BTC-USD|").getUnrealizedGross()).isEqualTo(decimal("0"));
    }

    @Test
    void keepsTradesByHandInABookOfTheirOwn() {
        books.trade(TradeReported.newBuilder(buy("b", 1, "1", "100"))
                .setAlgorithmId(null)
                .build());

        assertThat(books.state().keySet())
                .containsExactlyInAnyOrder(USER + "|BTC-USD|", USER + "|BTC-USD|-", USER + "||USD");
    }

    @Test
    void neverAddsUpQuoteCurrencies() {
        books.trade(
                buy("usd", 1, "1", "100"),
                in("BTC-EUR", "EUR", sell("eur", 2, "1", "90")),
                in("SAP", "EUR", buy("sap", 3, "1", "10")),
                in("SAP", "USD", sell("adr", 4, "1", "12")));

        var state = books.state();
        assertThat(figures(state, "||USD").getCashFlow()).isEqualTo(decimal("-88"));
        assertThat(figures(state, "||EUR").getCashFlow()).isEqualTo(decimal("80"));
        assertThat(figures(state, "|SAP:EUR|").getPositionQty()).isEqualTo(decimal("1"));
        assertThat(figures(state, "|SAP:USD|").getPositionQty()).isEqualTo(decimal("-1"));
    }

    @Test
    void roundsAnAverageOnlyWhenItIsPublished() {
        try (var averaged = new RunningBooks(RunningBooks.AVERAGE, START.plusSeconds(600))) {
            averaged.trade(buy("b1", 1, "1", "1"), buy("b2", 2, "2", "2"), sell("s1", 3, "1", "2"));
            averaged.trade(sell("s2", 4, "1", "2"), sell("s3", 5, "1", "2"));

            assertThat(averaged.closings())
                    .extracting(PositionClosed::getCostBasis)
                    .containsOnly(new BigDecimal("1.666666666666666667"));
            assertThat(averaged.at(PnlLevel.SYMBOL).getRealizedGross()).isEqualTo(decimal("1"));
        }
    }

    @Test
    void splitsWhatIsHeldAtTheTimeOfASplit() {
        books.price("BTC-USD", "100", START.plusSeconds(5));
        books.trade(buy("b", 1, "10", "100"));

        books.split(RunningBooks.split("two", "BTC-USD", 2, START.plusSeconds(30)));
        books.advance(Duration.ofSeconds(1));

        var position = books.at(PnlLevel.SYMBOL);
        assertThat(position.getPositionQty()).isEqualTo(decimal("20"));
        assertThat(position.getAvgCost()).isEqualTo(decimal("50"));
        assertThat(position.getMark()).isEqualTo(decimal("50"));
        assertThat(position.getUnrealizedGross()).isEqualTo(decimal("0"));
    }

    private static PnlUpdated figures(Map<String, PnlUpdated> state, String key) {
        return Objects.requireNonNull(state.get(USER + key));
    }

    private static PnlUpdated algorithm(PnlUpdated symbol) {
        return PnlUpdated.newBuilder(symbol)
                .setLevel(PnlLevel.ALGORITHM)
                .setAlgorithmId("alpha")
                .build();
    }

    private static PnlUpdated user(PnlUpdated symbol) {
        return PnlUpdated.newBuilder(symbol)
                .setLevel(PnlLevel.USER)
                .setSymbol(null)
                .setPositionQty(null)
                .setAvgCost(null)
                .setMark(null)
                .setMarkAsOf(null)
                .build();
    }
}
