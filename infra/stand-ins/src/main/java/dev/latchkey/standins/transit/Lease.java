package dev.latchkey.standins.transit;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a token lives.
 *
 * @param span from its last renewal on; zero: for ever
 * @param longest renewed or not; zero: no limit
 */
public record Lease(Duration span, Duration longest) {
    static final Lease FOR_EVER = new Lease(Duration.ZERO, Duration.ZERO);

    /** Can be renewed as often as wanted. */
    public static Lease of(Duration period) {
        return new Lease(period, Duration.ZERO);
    }

    Instant end(Instant issuedAt, Instant renewedAt) {
        if (span.isZero()) {
            return Instant.MAX;
        }
        var end = renewedAt.plus(span);
        var limit = longest.isZero() ? Instant.MAX : issuedAt.plus(longest);
        return end.isBefore(limit) ? end : limit;
    }
}
