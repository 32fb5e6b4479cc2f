package dev.latchkey.pnl.book;

import dev.latchkey.events.BookMethod;
import java.util.List;

/** A position and what it has earned so far. */
public record Book(BookMethod method, Holding holding, Totals totals) {
    /**
     * A book after one more fill.
     *
     * @param closings what the fill closed: one, or none when it only opened
     */
    record Turn(Book book, List<Closing> closings) {}

    public static Book empty(BookMethod method) {
        return new Book(method, Holding.NONE, Totals.NONE);
    }

    public Ratio quantity() {
        return holding.total().quantity();
    }

    public boolean isOpen() {
        return !holding.lots().isEmpty();
    }

    /** Cost of what is open, without fees; negative for a short. */
    public Ratio cost() {
        return holding.total().cost();
    }

    public Ratio openFees() {
        return holding.total().fees();
    }

    /** The fill must stand after every earlier one. */
    Turn after(Fill fill) {
        var held = quantity();
        return held.signum() * fill.change().signum() < 0 ? reduced(fill, held) : increased(fill);
    }

    Book after(Split split) {
        return new Book(method, holding.split(split.factor()), totals);
    }

    private Turn increased(Fill fill) {
        return new Turn(
                new Book(method, opened(holding, fill, fill.change()), totals.plus(Totals.of(fill, Ratio.ZERO))),
                List.of());
    }

    /** Closes at most what is held; what a fill has beyond that opens the other side at the same price. */
    private Turn reduced(Fill fill, Ratio held) {
        var rest = held.plus(fill.change());
        boolean flips = rest.signum() == fill.change().signum();
        var taken = holding.take(flips ? held : fill.change().negated());
        var closing = closing(fill, taken.taken());
        var left = flips ? opened(taken.left(), fill, rest) : taken.left();
        return new Turn(
                new Book(method, left, totals.plus(Totals.of(fill, closing.realizedGross()))), List.of(closing));
    }

    private static Closing closing(Fill fill, Lot taken) {
        var proceeds = taken.quantity().times(fill.price());
        return new Closing(
                fill.place(),
                taken.quantity().magnitude(),
                fill.price(),
                taken.cost().magnitude(),
                proceeds.minus(taken.cost()),
                feesOf(fill, taken.quantity()));
    }

    private Holding opened(Holding before, Fill fill, Ratio quantity) {
        if (quantity.isZero()) {
            return before;
        }
        var lot = Lot.opened(quantity, fill.price(), feesOf(fill, quantity));
        return switch (method) {
            case FIFO -> before.appended(lot);
            case AVERAGE -> before.averaged(lot);
        };
    }

    /** The fees of a fill belong to its quantity in equal shares. */
    private static Ratio feesOf(Fill fill, Ratio quantity) {
        return fill.fees().times(quantity.over(fill.change()).magnitude());
    }
}
