package dev.latchkey.pnl.book;

import dev.latchkey.events.SplitReported;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** From a moment on, every lot held has its quantity times the factor at the same cost. */
public record Split(UUID id, Instant effectiveAt, Ratio factor) implements Comparable<Split> {
    private static final Comparator<Split> ORDER = Comparator.comparing(Split::effectiveAt)
            .thenComparing(split -> split.id().toString());

    public Split {
        if (factor.signum() <= 0) {
            throw new IllegalArgumentException("the factor of a split is above zero, not " + factor);
        }
    }

    public static Split of(SplitReported event) {
        return new Split(
                event.getEventId(),
                event.getEffectiveAt(),
                Ratio.of(event.getNumerator()).over(Ratio.of(event.getDenominator())));
    }

    @Override
    public int compareTo(Split other) {
        return ORDER.compare(this, other);
    }
}
