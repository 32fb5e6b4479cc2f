package dev.latchkey.pnl.book;

import java.time.Duration;
import java.time.Instant;

/** The price at which a position is valued now. */
public record Mark(Ratio price, Instant asOf, boolean stale) {

    /** Values at a quote, which is stale when it is older than the bound. */
    public static Mark of(Quote quote, Splits splits, Instant now, Duration staleness) {
        return new Mark(
                splits.adjusted(Ratio.of(quote.price()), quote.observedAt(), now),
                quote.observedAt(),
                quote.observedAt().plus(staleness).isBefore(now));
    }
}
