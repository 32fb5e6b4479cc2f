package dev.latchkey.pnl.book;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** All known splits of one symbol, in order of effect. */
public record Splits(List<Split> inOrder) {
    public static final Splits NONE = new Splits(List.of());

    public Splits {
        inOrder = inOrder.stream().sorted().toList();
    }

    /** These and one more; of several copies of one split the first counts. */
    public Splits with(Split split) {
        return inOrder.stream().anyMatch(known -> known.id().equals(split.id()))
                ? this
                : new Splits(Stream.concat(inOrder.stream(), Stream.of(split)).toList());
    }

    /** Ids of the splits that are in effect at a time. */
    public List<UUID> idsBy(Instant time) {
        return ids(effectiveBy(time));
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
