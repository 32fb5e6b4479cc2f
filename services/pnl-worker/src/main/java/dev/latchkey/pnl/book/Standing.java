package dev.latchkey.pnl.book;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The figures of a book, or the sum of those of several. */
public record Standing(
        Totals totals,
        Ratio openFees,
        Valuation valuation,
        @Nullable Instant lastExecutedAt) {
    static final Standing NONE = new Standing(Totals.NONE, Ratio.ZERO, Valuation.FLAT, null);

    public static Standing of(Journal journal, @Nullable Mark mark) {
        var book = journal.book();
        return new Standing(
                book.totals(),
                book.openFees(),
                Valuation.of(book, mark),
                journal.last() == null ? null : journal.last().executedAt());
    }

    Standing plus(Standing other) {
        return new Standing(
                totals.plus(other.totals),
                openFees.plus(other.openFees),
                valuation.plus(other.valuation),
                later(lastExecutedAt, other.lastExecutedAt));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
