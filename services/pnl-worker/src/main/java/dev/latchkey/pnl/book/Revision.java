package dev.latchkey.pnl.book;

import dev.latchkey.events.TradeReported;
import org.jspecify.annotations.Nullable;

/** What an event does to a fill: how it stood before and how it stands now; null where there is none. */
public record Revision(
        @Nullable TradeReported before, @Nullable TradeReported after) {
    /** What takes this one back. */
    public Revision undone() {
        return new Revision(/* before= */ after, /* after= */ before);
    }

    /**
     * Whether the books look the same with either. Events themselves are not compared: Avro's lists of fees throw at a
     * rate.
     */
    public boolean changesNothing() {
        if (before == null || after == null) {
            return before == null && after == null;
        }
        return BookKey.ofAlgorithm(before).equals(BookKey.ofAlgorithm(after))
                && Fill.of(before).equals(Fill.of(after));
    }
}
