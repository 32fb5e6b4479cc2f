package dev.latchkey.pnl.topology;

import dev.latchkey.events.BookMethod;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.pnl.book.Book;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Holding;
import dev.latchkey.pnl.book.Instrument;
import dev.latchkey.pnl.book.Journal;
import dev.latchkey.pnl.book.Lot;
import dev.latchkey.pnl.book.Place;
import dev.latchkey.pnl.book.Totals;
import dev.latchkey.pnl.state.BookState;
import dev.latchkey.pnl.state.LotState;
import dev.latchkey.pnl.state.OtherFee;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** Books as records of the store and back. */
final class BookFormat {
    private BookFormat() {}

    static BookState write(BookKey key, Journal journal) {
        var totals = journal.book().totals();
        var last = Objects.requireNonNull(journal.last(), "a book in the store has a fill");
        return BookState.newBuilder()
                .setUserId(key.userId())
                .setSymbol(key.instrument().symbol())
                .setQuoteCurrency(key.instrument().quoteCurrency())
                .setNetted(key.level() == PnlLevel.SYMBOL)
                .setAlgorithmId(key.algorithmId())
                .setAverage(journal.book().method() == BookMethod.AVERAGE)
                .setLots(lots(journal.book().holding()))
                .setRealizedGross(Fractions.write(totals.realizedGross()))
                .setFees(Fractions.write(totals.fees()))
                .setCashFlow(Fractions.write(totals.cashFlow()))
                .setFeesOther(otherFees(totals))
                .setTradeCount(totals.tradeCount())
                .setLastExecutedAt(last.executedAt())
                .setLastSequence(last.sequence())
                .setLastTradeId(last.tradeId())
                .setSplits(journal.splits())
                .build();
    }

    static BookKey key(BookState state) {
        return new BookKey(
                state.getUserId(),
                new Instrument(state.getSymbol(), state.getQuoteCurrency()),
                state.getNetted() ? PnlLevel.SYMBOL : PnlLevel.ALGORITHM,
                state.getAlgorithmId());
    }

    static Journal journal(BookState state) {
        var method = state.getAverage() ? BookMethod.AVERAGE : BookMethod.FIFO;
        return new Journal(
                new Book(method, holding(state), totals(state)),
                new Place(state.getLastExecutedAt(), state.getLastSequence(), state.getLastTradeId()),
                state.getSplits());
    }

    private static List<LotState> lots(Holding holding) {
        return holding.lots().stream()
                .map(lot -> new LotState(
                        Fractions.write(lot.quantity()), Fractions.write(lot.cost()), Fractions.write(lot.fees())))
                .toList();
    }

    private static List<OtherFee> otherFees(Totals totals) {
        return totals.feesOther().entrySet().stream()
                .map(fee -> new OtherFee(fee.getKey(), fee.getValue()))
                .toList();
    }

    private static Holding holding(BookState state) {
        return new Holding(state.getLots().stream()
                .map(lot -> new Lot(
                        Fractions.read(lot.getQuantity()),
                        Fractions.read(lot.getCost()),
                        Fractions.read(lot.getFees())))
                .toList());
    }

    private static Totals totals(BookState state) {
        var others = new TreeMap<String, BigDecimal>();
        state.getFeesOther().forEach(fee -> others.put(fee.getCurrency(), fee.getAmount()));
        return new Totals(
                Fractions.read(state.getRealizedGross()),
                Fractions.read(state.getFees()),
                Fractions.read(state.getCashFlow()),
                others,
                state.getTradeCount());
    }
}
