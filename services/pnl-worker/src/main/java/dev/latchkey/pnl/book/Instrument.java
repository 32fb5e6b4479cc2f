package dev.latchkey.pnl.book;

import dev.latchkey.events.PriceObserved;
import java.util.Optional;

/** What is traded and in which currency it is priced. One symbol priced in two currencies is two instruments. */
public record Instrument(String symbol, String quoteCurrency) {
    private static final String JOINT = "-";
    private static final String SEPARATOR = ":";

    /** What a price is a price of. Empty when neither the price nor its symbol says in which currency it is. */
    public static Optional<Instrument> of(PriceObserved price) {
        return price.getQuoteCurrency() == null
                ? pair(price.getSymbol())
                : Optional.of(new Instrument(price.getSymbol(), price.getQuoteCurrency()));
    }

    /** The instrument that a name says. Empty for what is none. */
    public static Optional<Instrument> named(String name) {
        return pair(name)
                .or(() -> currencyAfter(SEPARATOR, name)
                        .map(currency -> new Instrument(name.substring(0, name.lastIndexOf(SEPARATOR)), currency)));
    }

    private static Optional<Instrument> pair(String symbol) {
        return currencyAfter(JOINT, symbol).map(currency -> new Instrument(symbol, currency));
    }

    /** No currency has a hyphen or a colon in it, so that it is behind the last one. */
    private static Optional<String> currencyAfter(String sign, String text) {
        int place = text.lastIndexOf(sign);
        return place < 0 ? Optional.empty() : Optional.of(text.substring(place + 1));
    }

    /** The currency that a pair is a quantity of; empty for an instrument that is no pair. */
    public Optional<String> baseCurrency() {
        var ending = JOINT + quoteCurrency;
        return symbol.endsWith(ending)
                ? Optional.of(symbol.substring(0, symbol.length() - ending.length()))
                : Optional.empty();
    }

    /** The symbol where it tells the quote currency, else symbol:currency. */
    public String name() {
        return baseCurrency().isPresent() ? symbol : symbol + SEPARATOR + quoteCurrency;
    }
}
