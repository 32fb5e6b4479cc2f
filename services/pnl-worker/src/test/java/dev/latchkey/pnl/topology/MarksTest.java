package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.USER;
import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.decimal;
import static dev.latchkey.pnl.topology.Trades.in;
import static dev.latchkey.pnl.topology.Trades.sell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.BookMethod;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PriceObserved;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How prices reach positions. */
final class MarksTest {
    private static final Instant NOW = START.plusSeconds(600);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final RunningBooks books = new RunningBooks(RunningBooks.FIFO, NOW);

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void valuesAnOpenPositionAgainWhenThePriceMoves() {
        books.trade(buy("b", 1, "2", "100"));
        books.price("BTC-USD", "130", NOW);

        books.advance(INTERVAL);

        assertThat(books.at(PnlLevel.SYMBOL).getUnrealizedGross()).isEqualTo(decimal("60"));
        assertThat(books.at(PnlLevel.ALGORITHM).getUnrealizedGross()).isEqualTo(decimal("60"));
        assertThat(books.at(PnlLevel.USER).getUnrealizedGross()).isEqualTo(decimal("60"));
    }

    @Test
    void updatesAPositionOnceAnIntervalHoweverOftenThePriceMoves() {
        books.trade(buy("b", 1, "2", "100"), in("ETH-USD", "USD", buy("e", 1, "1", "10")));
        books.updates();
        for (int tick = 1; tick <= 100; tick++) {
            books.price("BTC-USD", Integer.toString(100 + tick), NOW.minusMillis(100 - tick));
            books.price("ETH-USD", Integer.toString(10 + tick), NOW.minusMillis(100 - tick));
        }

        books.advance(INTERVAL);

        assertThat(books.updates())
                .extracting(PnlUpdated::getLevel)
                .containsExactlyInAnyOrder(
                        PnlLevel.SYMBOL, PnlLevel.ALGORITHM, PnlLevel.SYMBOL, PnlLevel.ALGORITHM, PnlLevel.USER);
    }

    @Test
    void saysNothingWhileNothingMoves() {
        books.trade(buy("b", 1, "2", "100"));
        books.price("BTC-USD", "130", NOW);
        books.advance(INTERVAL);
        books.updates();

        books.price("BTC-USD", "130", NOW);
        books.advance(INTERVAL);

        assertThat(books.updates()).isEmpty();
    }

    @Test
    void leavesFlatPositionsAlone() {
        books.trade(buy("b", 1, "2", "100"), sell("s", 2, "2", "110"));
        books.updates();
        books.price("BTC-USD", "130", NOW);

        books.advance(INTERVAL);

        assertThat(books.updates()).isEmpty();
        assertThat(books.at(PnlLevel.SYMBOL).getUnrealizedGross()).isEqualTo(decimal("0"));
        assertThat(books.at(PnlLevel.SYMBOL).getMarkStale()).isFalse();
    }

    @Test
    void takesTheNewestObservationWhateverArrivesLast() {
        books.price("BTC-USD", "130", NOW.minusSeconds(1));
        books.price("BTC-USD", "90", NOW.minusSeconds(2));

        books.trade(buy("b", 1, "1", "100"));

        assertThat(books.at(PnlLevel.SYMBOL).getMark()).isEqualTo(decimal("130"));
    }

    @Test
    void waitsWithAPriceUntilItsTimeHasCome() {
        books.trade(buy("b", 1, "1", "100"));
        books.price("BTC-USD", "110", NOW.minusSeconds(1));
        books.price("BTC-USD", "150", NOW.plusSeconds(1));

        books.advance(INTERVAL);
        var before = books.at(PnlLevel.SYMBOL).getMark();
        books.advance(INTERVAL);

        assertThat(before).isEqualTo(decimal("110"));
        assertThat(books.at(PnlLevel.SYMBOL).getMark()).isEqualTo(decimal("150"));
    }

    @Test
    void saysThatAMarkHasBecomeStaleAndKeepsTheFigure() {
        books.trade(buy("b", 1, "1", "100"));
        books.price("BTC-USD", "110", NOW);
        books.advance(INTERVAL);
        var fresh = books.at(PnlLevel.SYMBOL);

        books.advance(Duration.ofMinutes(16));

        assertThat(fresh.getMarkStale()).isFalse();
        assertThat(books.at(PnlLevel.SYMBOL))
                .isEqualTo(PnlUpdated.newBuilder(fresh).setMarkStale(true).build());
        assertThat(books.at(PnlLevel.USER).getMarkStale()).isTrue();
    }

    @Test
    void makesUpNoFigureWithoutAMark() {
        books.price("ETH-USD", "20", NOW);

        books.trade(buy("b", 1, "1", "100"), in("ETH-USD", "USD", buy("e", 1, "1", "10")));

        assertThat(books.at(PnlLevel.USER).getUnrealizedGross()).isNull();
        assertThat(books.at(PnlLevel.USER).getMarkStale()).isTrue();
        assertThat(books.state().get(USER + "|ETH-USD|"))
                .extracting(PnlUpdated::getUnrealizedGross, PnlUpdated::getMarkStale)
                .containsExactly(decimal("10"), false);
    }

    @Test
    void valuesAPositionAtPricesInItsOwnCurrencyOnly() {
        books.trade(in("SAP", "EUR", buy("e", 1, "1", "90")), in("SAP", "USD", buy("u", 2, "1", "95")));
        books.price("SAP", "USD", "100", NOW.minusSeconds(1));
        books.advance(INTERVAL);
        var before = books.state();

        books.price("SAP", "EUR", "92", NOW.minusSeconds(2));
        books.advance(INTERVAL);

        assertThat(before.get(USER + "|SAP:USD|"))
                .extracting(PnlUpdated::getMark, PnlUpdated::getUnrealizedGross)
                .containsExactly(decimal("100"), decimal("5"));
        assertThat(before.get(USER + "|SAP:EUR|"))
                .extracting(PnlUpdated::getMark, PnlUpdated::getUnrealizedGross, PnlUpdated::getMarkStale)
                .containsExactly(null, null, true);
        assertThat(books.state().get(USER + "|SAP:USD|")).isEqualTo(before.get(USER + "|SAP:USD|"));
        assertThat(books.state().get(USER + "|SAP:EUR|"))
                .extracting(PnlUpdated::getMark, PnlUpdated::getUnrealizedGross)
                .containsExactly(decimal("92"), decimal("2"));
    }

    @Test
    void takesAPairsPriceToBeInTheCurrencyThatItNames() {
        books.trade(buy("b", 1, "1", "100"));

        books.price("BTC-USD", "USD", "120", NOW.minusSeconds(2));
        books.price("BTC-USD", "130", NOW.minusSeconds(1));
        books.advance(INTERVAL);

        assertThat(books.at(PnlLevel.SYMBOL).getMark()).isEqualTo(decimal("130"));
        assertThat(books.deadLetters()).isEmpty();
    }

    @Test
    void countsPricesOfTheConfiguredSourceOnly() {
        var policy =
                new PnlPolicy(BookMethod.FIFO, INTERVAL, Duration.ofMinutes(15), PriceSources.parse("BTC-USD=kraken"));
        try (var choosy = new RunningBooks(policy, NOW)) {
            choosy.price("BTC-USD", new PriceObserved("BTC-USD", decimal("110"), NOW.minusSeconds(9), "kraken", null));
            choosy.price("BTC-USD", new PriceObserved("BTC-USD", decimal("999"), NOW.minusSeconds(1), "hearsay", null));

            choosy.trade(buy("b", 1, "1", "100"));

            assertThat(choosy.at(PnlLevel.SYMBOL).getMark()).isEqualTo(decimal("110"));
        }
    }
}
