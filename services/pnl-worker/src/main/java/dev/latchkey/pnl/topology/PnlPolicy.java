package dev.latchkey.pnl.topology;

import dev.latchkey.events.BookMethod;
import java.time.Duration;

/**
 * How books are kept and valued.
 *
 * @param markInterval the shortest time between two updates of a position that a price causes
 * @param markStaleness age from which on a mark counts as stale
 */
public record PnlPolicy(BookMethod method, Duration markInterval, Duration markStaleness, PriceSources sources) {
    public PnlPolicy {
        requirePositive("the mark interval", markInterval);
        requirePositive("the staleness bound", markStaleness);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is longer than nothing, not " + value);
        }
    }
}
