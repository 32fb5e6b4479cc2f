package dev.latchkey.pnl.topology;

import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.TradeReported;
import dev.latchkey.streams.Origin;
import java.util.UUID;

/** What an arrival turned out to be. */
sealed interface Entry {
    /**
     * A trade in plain.
     *
     * @param origin as what it came, sealed if it was
     */
    record Traded(TradeReported trade, Origin origin) implements Entry {}

    record Forgotten(UUID userId) implements Entry {}

    record Buried(DeadLettered letter) implements Entry {}
}
