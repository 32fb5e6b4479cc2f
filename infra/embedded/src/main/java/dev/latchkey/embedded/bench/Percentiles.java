package dev.latchkey.embedded.bench;

import java.time.Duration;
import java.util.List;

/** How long something took, many times over. */
record Percentiles(List<Duration> ascending) {
    Percentiles {
        ascending = ascending.stream().sorted().toList();
        if (ascending.isEmpty()) {
            throw new IllegalArgumentException("there are no percentiles of nothing");
        }
    }

    /** The shortest time, in milliseconds, that so many in a hundred did not exceed. */
    double millis(int percent) {
        int rank = Math.max(1, Math.ceilDiv(percent * ascending.size(), 100));
        return ascending.get(rank - 1).toNanos() / 1e6;
    }
}
