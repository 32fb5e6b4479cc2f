package dev.latchkey.pnl.book;

import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.SplitReported;
import java.math.BigDecimal;
import java.util.Optional;

/** What prices and splits must keep beyond their schemas. */
public final class MarketRules {
    private static final BigDecimal LARGEST_TERM = BigDecimal.valueOf(10_000);
    private static final BigDecimal SMALLEST_TERM = BigDecimal.ONE.movePointLeft(4);

    private MarketRules() {}

    /** The rule that a price breaks, if any. */
    public static Optional<String> brokenBy(String key, PriceObserved price) {
        if (!key.equals(price.getSymbol())) {
            return Optional.of("the record key is the symbol");
        }
        if (!TradeRules.isName(price.getSymbol())) {
            return Optional.of("symbol is a name without | and control characters");
        }
        var instrument = Instrument.of(price);
        if (instrument.isEmpty()) {
            return Optional.of("a price has a quoteCurrency unless its symbol is a pair");
        }
        if (!TradeRules.isCurrency(instrument.get().quoteCurrency())) {
            return Optional.of("quoteCurrency is a name without | : - and control characters");
        }
        if (!TradeRules.namesItsCurrency(instrument.get())) {
            return Optional.of("a symbol with a hyphen ends in -quoteCurrency");
        }
        if (price.getPrice().signum() < 0 || !Limits.OF_ONE_TRADE.allowFactor(price.getPrice())) {
            return Optional.of("price is not below zero and at most 10^15");
        }
        if (!TradeRules.isShort(price.getSource())) {
            return Optional.of("source is at most 100 characters long");
        }
        return TradeRules.isSane(price.getObservedAt())
                ? Optional.empty()
                : Optional.of("observedAt is between the years 1970 and 2200");
    }

    /** The rule that a split breaks, if any. */
    public static Optional<String> brokenBy(String key, SplitReported split) {
        if (!key.equals(split.getSymbol())) {
            return Optional.of("the record key is the symbol");
        }
        if (!TradeRules.isName(split.getSymbol())) {
            return Optional.of("symbol is a name without | and control characters");
        }
        if (!isTerm(split.getNumerator()) || !isTerm(split.getDenominator())) {
            return Optional.of("numerator and denominator are between 0.0001 and 10000");
        }
        return TradeRules.isSane(split.getEffectiveAt())
                ? Optional.empty()
                : Optional.of("effectiveAt is between the years 1970 and 2200");
    }

    private static boolean isTerm(BigDecimal value) {
        return value.compareTo(SMALLEST_TERM) >= 0 && value.compareTo(LARGEST_TERM) <= 0;
    }
}
