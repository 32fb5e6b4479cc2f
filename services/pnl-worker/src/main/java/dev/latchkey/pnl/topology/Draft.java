package dev.latchkey.pnl.topology;

import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Figures;
import dev.latchkey.pnl.book.Journal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A book as it would be.
 *
 * @param before the book as it is kept, null if there is none
 * @param whole whether all its fills were folded, and not just the last one added
 */
record Draft(BookKey key, @Nullable Journal before, Journal.Folded folded, boolean whole) {
    Journal after() {
        return folded.journal();
    }

    /** What the folded fills closed; told once, by the algorithm's book. */
    List<PositionClosed> closings() {
        return key.level() == PnlLevel.ALGORITHM
                ? folded.closings().stream()
                        .map(closing -> Figures.ofClosing(key, closing))
                        .toList()
                : List.of();
    }

    /** Whether the book is small enough to be kept, and what it says to be published. */
    boolean fits() {
        return after().isEmpty()
                || (Figures.canBeWritten(Figures.ofPosition(key, after(), null))
                        && closings().stream().allMatch(Figures::canBeWritten)
                        && BookStore.hasRoomFor(key, after()));
    }
}
