package dev.latchkey.pnl.book;

/**
 * Something held. Quantity and cost are negative for a short; the price is never kept, so that nothing is divided
 * before it must be.
 *
 * @param cost quantity times price paid, without fees
 * @param fees paid for opening it
 */
public record Lot(Ratio quantity, Ratio cost, Ratio fees) {
    static final Lot NOTHING = new Lot(Ratio.ZERO, Ratio.ZERO, Ratio.ZERO);

    static Lot opened(Ratio quantity, Ratio price, Ratio fees) {
        return new Lot(quantity, quantity.times(price), fees);
    }

    Lot merged(Lot other) {
        return new Lot(quantity.plus(other.quantity), cost.plus(other.cost), fees.plus(other.fees));
    }

    /** The share of this lot that has the given quantity. */
    Lot part(Ratio taken) {
        var share = taken.over(quantity);
        return new Lot(taken, cost.times(share).bounded(), fees.times(share).bounded());
    }

    Lot without(Lot part) {
        return new Lot(quantity.minus(part.quantity), cost.minus(part.cost), fees.minus(part.fees));
    }

    Lot split(Ratio factor) {
        return new Lot(quantity.times(factor), cost, fees);
    }
}
