package dev.latchkey.pnl.topology;

import dev.latchkey.pnl.book.Mark;
import dev.latchkey.pnl.book.Splits;
import dev.latchkey.pnl.state.QuotesState;
import dev.latchkey.pnl.state.SplitsState;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** Prices and splits of all symbols, as far as this instance has heard of them. */
final class Market {
    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<QuotesState>> quotes;
    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<SplitsState>> splits;
    private final Duration staleness;

    Market(
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<QuotesState>> quotes,
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<SplitsState>> splits,
            Duration staleness) {
        this.quotes = quotes;
        this.splits = splits;
        this.staleness = staleness;
    }

    SortedSet<String> symbols() {
        var symbols = new TreeSet<String>();
        try (var entries = quotes.all()) {
            entries.forEachRemaining(entry -> symbols.add(entry.key));
        }
        try (var entries = splits.all()) {
            entries.forEachRemaining(entry -> symbols.add(entry.key));
        }
        return symbols;
    }

    Splits splits(String symbol) {
        return MarketFormat.read(ValueAndTimestamp.getValueOrNull(splits.get(symbol)));
    }

    @Nullable Mark mark(String symbol, Instant now) {
        return MarketFormat.read(ValueAndTimestamp.getValueOrNull(quotes.get(symbol)))
                .at(now)
                .map(quote -> Mark.of(quote, splits(symbol), now, staleness))
                .orElse(null);
    }
}
