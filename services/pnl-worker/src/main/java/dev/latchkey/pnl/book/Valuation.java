package dev.latchkey.pnl.book;

import org.jspecify.annotations.Nullable;

/** What is open, at a mark: nothing is made up where there is none. */
public record Valuation(
        @Nullable Ratio unrealizedGross, @Nullable Ratio marketValue, boolean stale) {
    static final Valuation FLAT = new Valuation(Ratio.ZERO, Ratio.ZERO, false);
    static final Valuation UNKNOWN = new Valuation(null, null, true);

    static Valuation of(Book book, @Nullable Mark mark) {
        if (!book.isOpen()) {
            return FLAT;
        }
        if (mark == null) {
            return UNKNOWN;
        }
        var value = book.quantity().times(mark.price());
        return new Valuation(value.minus(book.cost()), value, mark.stale());
    }

    Valuation plus(Valuation other) {
        return new Valuation(
                sum(unrealizedGross, other.unrealizedGross), sum(marketValue, other.marketValue), stale || other.stale);
    }

    private static @Nullable Ratio sum(@Nullable Ratio one, @Nullable Ratio other) {
        return one == null || other == null ? null : one.plus(other);
    }
}
