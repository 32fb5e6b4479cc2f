package dev.latchkey.pnl.topology;

import dev.latchkey.events.PriceObserved;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Whose prices count, by symbol. A symbol that is not named takes the source of *, and any source without one. */
public record PriceSources(Map<String, String> bySymbol) {
    private static final String EVERY_OTHER = "*";

    public PriceSources {
        bySymbol = Map.copyOf(bySymbol);
    }

    /** From text such as {@code BTC-USD=coinbase,*=kraken}; blank text lets every source count. */
    public static PriceSources parse(String text) {
        return new PriceSources(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .map(PriceSources::pair)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], PriceSources::refuseBoth)));
    }

    boolean accept(PriceObserved price) {
        var source = bySymbol.getOrDefault(price.getSymbol(), bySymbol.get(EVERY_OTHER));
        return source == null || source.equals(price.getSource());
    }

    private static String refuseBoth(String one, String other) {
        throw new IllegalArgumentException("a symbol has one price source, not " + one + " and " + other);
    }

    private static String[] pair(String text) {
        var pair = text.split("=", -1);
        if (pair.length != 2 || pair[0].isBlank() || pair[1].isBlank()) {
            throw new IllegalArgumentException("a price source is written symbol=source, not " + text);
        }
        return pair;
    }
}
