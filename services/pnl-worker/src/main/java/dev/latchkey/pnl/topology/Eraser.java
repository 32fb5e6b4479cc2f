package dev.latchkey.pnl.topology;

import java.util.UUID;

/** Takes everything of a user out of the books. */
record Eraser(TradeLog log, Ledger ledger, Publisher publisher) {
    /** Publishes a tombstone for everything that was published last. */
    void erase(UUID userId) {
        ledger.books().positionsOf(userId).forEach(ledger.holders()::forget);
        ledger.books().forget(userId);
        ledger.fills().forget(userId);
        log.forget(userId);
        publisher.forget(userId);
    }
}
