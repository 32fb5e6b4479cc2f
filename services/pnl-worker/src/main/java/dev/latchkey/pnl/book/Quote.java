package dev.latchkey.pnl.book;

import dev.latchkey.events.PriceObserved;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;

/** A price and the moment at which it was true. */
public record Quote(BigDecimal price, Instant observedAt, String source) implements Comparable<Quote> {
    private static final Comparator<Quote> ORDER =
            Comparator.comparing(Quote::observedAt).thenComparing(Quote::source).thenComparing(Quote::price);

    public static Quote of(PriceObserved event) {
        return new Quote(event.getPrice(), event.getObservedAt(), event.getSource());
    }

    @Override
    public int compareTo(Quote other) {
        return ORDER.compare(this, other);
    }
}
