package dev.latchkey.pnl.book;

/**
 * What one fill closed of a position.
 *
 * @param quantity closed, above zero
 * @param costBasis cost of what was closed, above zero, without fees
 * @param fees the closing part's share of the fill's fees
 */
public record Closing(Place place, Ratio quantity, Ratio price, Ratio costBasis, Ratio realizedGross, Ratio fees) {
    public Ratio realizedNet() {
        return realizedGross.minus(fees);
    }
}
