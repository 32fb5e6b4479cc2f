package dev.latchkey.pnl.topology;

import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.TradeReported;
import java.util.UUID;

/** What an arrival turned out to be. */
sealed interface Entry {
    /** A trade in plain. */
    record Traded(TradeReported trade) implements Entry {}

    record Forgotten(UUID userId) implements Entry {}

    record Buried(DeadLettered letter) implements Entry {}
}
