package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.USER;
import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.cancellation;
import static dev.latchkey.pnl.topology.Trades.correction;
import static dev.latchkey.pnl.topology.Trades.decimal;
import static dev.latchkey.pnl.topology.Trades.fee;
import static dev.latchkey.pnl.topology.Trades.id;
import static dev.latchkey.pnl.topology.Trades.in;
import static dev.latchkey.pnl.topology.Trades.sell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.events.TradeReported;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Late, repeated, corrected and cancelled trades end where timely, single and right ones do. */
final class ArrivalTest {
    private static final TradeReported FIRST = buy("first", 1, "1", "100");
    private static final TradeReported SECOND = buy("second", 2, "1", "110");
    private static final TradeReported EXIT = sell("exit", 3, "1", "120");

    private final RunningBooks books = new RunningBooks(RunningBooks.FIFO, START.plusSeconds(600));

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void countsTheFirstCopyOfAnEventAndNoOther() {
        books.trade(FIRST, FIRST, buy("first", 1, "7", "999"));

        assertThat(books.at(PnlLevel.SYMBOL).getPositionQty()).isEqualTo(decimal("1"));
        assertThat(books.at(PnlLevel.SYMBOL).getAvgCost()).isEqualTo(decimal("100"));
    }

    @Test
    void publishesNothingForACopy() {
        books.trade(FIRST);
        books.updates();

        books.trade(FIRST);

        assertThat(books.updates()).isEmpty();
    }

    @Test
    void booksALateTradeWhereItBelongs() {
        books.trade(SECOND, EXIT, FIRST);

        assertThat(books.bytes()).isEqualTo(bytesOf(FIRST, SECOND, EXIT));
    }

    @Test
    void tellsTheNewTruthAboutAClosingThatALateTradeChanges() {
        books.trade(SECOND, EXIT, FIRST);

        assertThat(books.closings())
                .extracting(PositionClosed::getTradeId, PositionClosed::getRealizedGross)
                .containsExactly(Tuple.tuple(id("exit"), decimal("10")), Tuple.tuple(id("exit"), decimal("20")));
    }

    @Test
    void ordersTradesOfOneMomentBySequence() {
        var early =
                TradeReported.newBuilder(buy("z", 1, "1", "100")).setSequence(1).build();
        var later =
                TradeReported.newBuilder(buy("a", 1, "1", "110")).setSequence(2).build();

        books.trade(EXIT, later, early);

        assertThat(books.at(PnlLevel.SYMBOL).getRealizedGross()).isEqualTo(decimal("20"));
    }

    @Test
    void replacesACorrectedTradeAtItsOriginalTime() {
        books.trade(FIRST, SECOND, EXIT);

        books.trade(correction("fixed", "first", buy("any", 500, "1", "90")));

        assertThat(books.bytes()).isEqualTo(bytesOf(buy("first", 1, "1", "90"), SECOND, EXIT));
    }

    @Test
    void movesATradeWhoseSymbolIsCorrected() {
        var inEther = in("ETH-USD", "USD", FIRST);
        books.trade(FIRST, SECOND);

        books.trade(correction("fixed", "first", inEther));

        assertThat(books.bytes()).isEqualTo(bytesOf(inEther, SECOND));
    }

    @Test
    void acceptsAmendmentsBeforeWhatTheyAmend() {
        books.trade(
                correction("fixed again", "fixed", buy("any", 9, "2", "80")),
                cancellation("gone", EXIT),
                EXIT,
                correction("fixed", "first", buy("any", 8, "1", "90")),
                FIRST);

        assertThat(books.bytes()).isEqualTo(bytesOf(buy("first", 1, "2", "80")));
    }

    @Test
    void takesTheLastOfSeveralCorrectionsWhateverCameFirst() {
        books.trade(
                FIRST,
                correction("later", "first", buy("any", 9, "1", "70")),
                correction("earlier", "first", buy("any", 8, "1", "60")));

        assertThat(books.bytes()).isEqualTo(bytesOf(buy("first", 1, "1", "70")));
    }

    @Test
    void publishesNothingForACorrectionThatChangesNothing() {
        var paid = buy("first", 1, "1", "100", fee("0.01", "BNB", "600"), fee("0.02", "XYZ"));
        books.trade(paid);
        books.updates();

        books.trade(correction("same", "first", paid));

        assertThat(books.updates()).isEmpty();
    }

    @Test
    void leavesNothingOfABookWhoseOnlyTradeIsCancelled() {
        books.trade(FIRST);

        books.trade(cancellation("gone", FIRST));

        assertThat(books.state()).isEqualTo(Map.of());
    }

    @Test
    void takesBackAClosingThatIsCancelled() {
        books.trade(FIRST, EXIT);

        books.trade(cancellation("gone", EXIT));

        assertThat(books.closings())
                .extracting(PositionClosed::getTradeId, PositionClosed::getClosedQty, PositionClosed::getRealizedNet)
                .containsExactly(
                        Tuple.tuple(id("exit"), decimal("1"), decimal("20")),
                        Tuple.tuple(id("exit"), decimal("0"), decimal("0")));
    }

    @Test
    void waitsForEverForAmendmentsThatReferInACircle() {
        books.trade(
                correction("one", "two", buy("any", 1, "1", "1")), correction("two", "one", buy("any", 1, "1", "1")));

        books.trade(FIRST);

        assertThat(books.state()).containsOnlyKeys(USER + "|BTC-USD|", USER + "|BTC-USD|alpha", USER + "||USD");
    }

    private static Map<String, String> bytesOf(TradeReported... trades) {
        try (var books = new RunningBooks(RunningBooks.FIFO, START.plusSeconds(600))) {
            books.trade(trades);
            return books.bytes();
        }
    }
}
