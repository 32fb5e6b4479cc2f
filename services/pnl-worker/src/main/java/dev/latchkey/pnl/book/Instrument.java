package dev.latchkey.pnl.book;

import java.util.Optional;

/** What is traded and in which currency it is priced. One symbol priced in two currencies is two instruments. */
public record Instrument(String symbol, String quoteCurrency) {
    private static final String JOINT = "-";

    /** The currency that a pair is a quantity of; empty for an instrument that is no pair. */
    public Optional<String> baseCurrency() {
        var ending = JOINT + quoteCurrency;
        return symbol.endsWith(ending)
                ? Optional.of(symbol.substring(0, symbol.length() - ending.length()))
                : Optional.empty();
    }

    /** The symbol where it tells the quote currency, else symbol:currency. */
    public String name() {
        return baseCurrency().isPresent() ? symbol : symbol + ":" + quoteCurrency;
    }
}
