package dev.latchkey.pnl.topology;

import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;

/** What the books say, each to a topic of its own. */
sealed interface Output {
    record Updated(PnlUpdated pnl) implements Output {}

    /** Nothing is left of a book: a cancellation took its last fill. */
    record Emptied() implements Output {}

    record Closed(PositionClosed closing) implements Output {}

    /** The books have no room for a trade. */
    record Refused(DeadLettered letter) implements Output {}
}
