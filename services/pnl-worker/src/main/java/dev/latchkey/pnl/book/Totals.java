package dev.latchkey.pnl.book;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has added up over the fills of a book, in the quote currency. */
public record Totals(
        Ratio realizedGross, Ratio fees, Ratio cashFlow, SortedMap<String, BigDecimal> feesOther, long tradeCount) {
    public static final Totals NONE = new Totals(Ratio.ZERO, Ratio.ZERO, Ratio.ZERO, Collections.emptySortedMap(), 0);

    public Totals {
        feesOther = Collections.unmodifiableSortedMap(new TreeMap<>(feesOther));
    }

    public Ratio realizedNet() {
        return realizedGross.minus(fees);
    }

    Totals plus(Totals other) {
        var merged = new TreeMap<>(feesOther);
        other.feesOther.forEach((currency, amount) -> merged.merge(currency, amount, BigDecimal::add));
        return new Totals(
                realizedGross.plus(other.realizedGross),
                fees.plus(other.fees),
                cashFlow.plus(other.cashFlow),
                merged,
                tradeCount + other.tradeCount);
    }

    static Totals of(Fill fill, Ratio realizedGross) {
        return new Totals(realizedGross, fill.fees(), fill.cash(), fill.feesOther(), 1);
    }
}
