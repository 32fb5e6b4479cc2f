package dev.latchkey.pnl.book;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** All known splits of one symbol, in order of effect. */
public record Splits(List<Split> inOrder) {
    public static final Splits NONE = new Splits(List.of());

    public Splits {
        inOrder = inOrder.stream().sorted().toList();
    }

    List<Split> effectiveBy(Instant time) {
        return inOrder.stream()
                .filter(split -> !split.effectiveAt().isAfter(time))
                .toList();
    }

    /** A price of an earlier moment, in terms of the quantities of a later one. */
    Ratio adjusted(Ratio price, Instant observedAt, Instant now) {
        return effectiveBy(now).stream()
                .filter(split -> split.effectiveAt().isAfter(observedAt))
                .map(Split::factor)
                .reduce(price, Ratio::over);
    }

    static List<UUID> ids(List<Split> splits) {
        return splits.stream().map(Split::id).toList();
    }
}
