package dev.latchkey.pnl.views;

import java.util.List;

/** What came of a question about the price of a symbol. */
public sealed interface PriceLookup {
    /** The newest price in each currency; none of a symbol that was never priced. */
    record Found(List<LastPrice> prices) implements PriceLookup {
        public Found {
            prices = List.copyOf(prices);
        }
    }

    /** This instance can not tell now. */
    record Unsettled() implements PriceLookup {}
}
