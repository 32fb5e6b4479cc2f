package dev.latchkey.pnl.topology;

import dev.latchkey.pnl.book.Quote;
import dev.latchkey.pnl.book.Quotes;
import dev.latchkey.pnl.book.Split;
import dev.latchkey.pnl.book.Splits;
import dev.latchkey.pnl.state.QuoteState;
import dev.latchkey.pnl.state.QuotesState;
import dev.latchkey.pnl.state.SplitState;
import dev.latchkey.pnl.state.SplitsState;
import org.jspecify.annotations.Nullable;

/** Quotes and splits as records of the stores and back. */
public final class MarketFormat {
    private MarketFormat() {}

    static QuotesState write(Quotes quotes) {
        return new QuotesState(quotes.inOrder().stream()
                .map(quote -> new QuoteState(quote.price(), quote.observedAt(), quote.source()))
                .toList());
    }

    public static Quotes read(@Nullable QuotesState state) {
        return state == null
                ? Quotes.NONE
                : new Quotes(state.getQuotes().stream()
                        .map(quote -> new Quote(quote.getPrice(), quote.getObservedAt(), quote.getSource()))
                        .toList());
    }

    static SplitsState write(Splits splits) {
        return new SplitsState(splits.inOrder().stream()
                .map(split -> new SplitState(split.id(), split.effectiveAt(), Fractions.write(split.factor())))
                .toList());
    }

    static Splits read(@Nullable SplitsState state) {
        return state == null
                ? Splits.NONE
                : new Splits(state.getSplits().stream()
                        .map(split ->
                                new Split(split.getId(), split.getEffectiveAt(), Fractions.read(split.getFactor())))
                        .toList());
    }
}
