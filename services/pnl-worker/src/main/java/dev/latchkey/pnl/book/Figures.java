package dev.latchkey.pnl.book;

import dev.latchkey.events.BookMethod;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events that tell what is in the books. Here, and only here, numbers are rounded. */
public final class Figures {
    private static final int PRECISION = 38;
    private static final int MOST_CURRENCIES = 1000;

    private Figures() {}

    public static PnlUpdated ofPosition(BookKey key, Journal journal, @Nullable Mark mark) {
        var book = journal.book();
        boolean flat = !book.isOpen();
        var valued = flat ? null : mark;
        return of(key.userId(), key.instrument().quoteCurrency(), book.method(), Standing.of(journal, valued))
                .setLevel(key.level())
                .setSymbol(key.instrument().symbol())
                .setAlgorithmId(key.algorithmId())
                .setPositionQty(fitting(book.quantity()))
                .setAvgCost(flat ? null : fitting(book.cost().over(book.quantity())))
                .setMark(valued == null ? null : fitting(valued.price()))
                .setMarkAsOf(valued == null ? null : valued.asOf())
                .build();
    }

    /** The netted figures of a user in one currency: the sum, rounded once, over the netted books. */
    public static PnlUpdated ofUser(
            UUID userId, String quoteCurrency, BookMethod method, Collection<Standing> positions) {
        return of(userId, quoteCurrency, method, positions.stream().reduce(Standing.NONE, Standing::plus))
                .setLevel(PnlLevel.USER)
                .build();
    }

    public static PositionClosed ofClosing(BookKey key, Closing closing) {
        return new PositionClosed(
                key.userId(),
                closing.place().tradeId(),
                key.instrument().symbol(),
                key.algorithmId(),
                key.instrument().quoteCurrency(),
                closing.quantity().rounded(),
                closing.price().rounded(),
                closing.costBasis().rounded(),
                closing.realizedGross().rounded(),
                closing.fees().rounded(),
                closing.realizedNet().rounded(),
                closing.place().executedAt());
    }

    /** Takes back a closing that an amendment or a late event has undone: the same trade, now closing nothing. */
    public static PositionClosed withdrawn(PositionClosed closing) {
        var zero = Ratio.ZERO.rounded();
        return PositionClosed.newBuilder(closing)
                .setClosedQty(zero)
                .setCostBasis(zero)
                .setRealizedGross(zero)
                .setFees(zero)
                .setRealizedNet(zero)
                .build();
    }

    /** Whether an event can be written: there is no end to what very many of the largest trades come to. */
    public static boolean canBeWritten(PnlUpdated pnl) {
        return Stream.of(
                                pnl.getRealizedGross(),
                                pnl.getFees(),
                                pnl.getRealizedNet(),
                                pnl.getOpenFees(),
                                pnl.getCashFlow())
                        .allMatch(Figures::fits)
                && pnl.getFeesOther().size() <= MOST_CURRENCIES
                && pnl.getFeesOther().values().stream().allMatch(Figures::fits);
    }

    /** The same for a closing. */
    public static boolean canBeWritten(PositionClosed closing) {
        return Stream.of(
                        closing.getClosedQty(),
                        closing.getPrice(),
                        closing.getCostBasis(),
                        closing.getRealizedGross(),
                        closing.getFees(),
                        closing.getRealizedNet())
                .allMatch(Figures::fits);
    }

    private static PnlUpdated.Builder of(UUID userId, String quoteCurrency, BookMethod method, Standing standing) {
        var totals = standing.totals();
        var valuation = standing.valuation();
        var unrealized = fitting(valuation.unrealizedGross());
        return PnlUpdated.newBuilder()
                .setUserId(userId)
                .setQuoteCurrency(quoteCurrency)
                .setMethod(method)
                .setRealizedGross(totals.realizedGross().rounded())
                .setFees(totals.fees().rounded())
                .setRealizedNet(totals.realizedNet().rounded())
                .setOpenFees(standing.openFees().rounded())
                .setCashFlow(totals.cashFlow().rounded())
                .setFeesOther(totals.feesOther())
                .setTradeCount(totals.tradeCount())
                .setLastExecutedAt(standing.lastExecutedAt())
                .setUnrealizedGross(unrealized)
                .setMarketValue(fitting(valuation.marketValue()))
                .setMarkStale(valuation.stale() || unrealized == null);
    }

    /** A number that no event can carry is left out, where it may be: it comes of a price, and no trade is to blame. */
    private static @Nullable BigDecimal fitting(@Nullable Ratio value) {
        var rounded = value == null ? null : value.rounded();
        return rounded == null || !fits(rounded) ? null : rounded;
    }

    private static boolean fits(BigDecimal value) {
        return value.precision() <= PRECISION;
    }
}
