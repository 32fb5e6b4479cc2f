package dev.latchkey.pnl.topology;

import dev.latchkey.events.TradeReported;
import dev.latchkey.streams.Received;

/** What comes in of one user. */
sealed interface Arrival {
    record Traded(Received<TradeReported> trade) implements Arrival {}

    /** There is something new about the user in the table of data keys. */
    record DataKeyChanged() implements Arrival {}
}
