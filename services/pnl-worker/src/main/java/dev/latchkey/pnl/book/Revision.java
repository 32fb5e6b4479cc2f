package dev.latchkey.pnl.book;

import dev.latchkey.events.TradeReported;
import org.jspecify.annotations.Nullable;

/** What an event does to a fill: how it stood before and how it stands now; null where there is none. */
public record Revision(
        @Nullable TradeReported before, @Nullable TradeReported after) {
    public boolean changesNothing() {
        return before == null ? after == null : before.equals(after);
    }
}
