package dev.latchkey.pnl.book;

import java.util.ArrayList;
import java.util.List;

/**
 * The open lots of a position, oldest first: all long or all short.
 *
 * @param total all lots as one, carried along because every fill asks for it
 */
public record Holding(List<Lot> lots, Lot total) {
    static final Holding NONE = new Holding(List.of());

    /** What was taken out of a holding, and what is left of it. */
    record Taken(Lot taken, Holding left) {}

    public Holding {
        lots = List.copyOf(lots);
    }

    public Holding(List<Lot> lots) {
        this(lots, lots.stream().reduce(Lot.NOTHING, Lot::merged));
    }

    Holding appended(Lot lot) {
        var more = new ArrayList<>(lots);
        more.add(lot);
        return new Holding(more, total.merged(lot));
    }

    Holding averaged(Lot lot) {
        return new Holding(List.of(total.merged(lot)));
    }

    /** Takes a quantity of the holding's own sign, no larger than it, from the oldest lots on. */
    Taken take(Ratio quantity) {
        var taken = Lot.NOTHING;
        int whole = 0;
        while (whole < lots.size() && fits(taken.merged(lots.get(whole)), quantity)) {
            taken = taken.merged(lots.get(whole++));
        }
        var rest = new ArrayList<>(lots.subList(whole, lots.size()));
        if (!taken.quantity().equals(quantity)) {
            var part = rest.getFirst().part(quantity.minus(taken.quantity()));
            taken = taken.merged(part);
            rest.set(0, rest.getFirst().without(part));
        }
        return new Taken(taken, new Holding(rest, total.without(taken)));
    }

    Holding split(Ratio factor) {
        return new Holding(lots.stream().map(lot -> lot.split(factor)).toList(), total.split(factor));
    }

    private static boolean fits(Lot lot, Ratio quantity) {
        return lot.quantity().magnitude().compareTo(quantity.magnitude()) <= 0;
    }
}
