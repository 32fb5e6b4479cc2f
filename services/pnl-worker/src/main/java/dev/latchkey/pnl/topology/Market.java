package dev.latchkey.pnl.topology;

import dev.latchkey.pnl.book.Instrument;
import dev.latchkey.pnl.book.Mark;
import dev.latchkey.pnl.book.Splits;
import dev.latchkey.pnl.state.QuotesState;
import dev.latchkey.pnl.state.SplitsState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** Prices of all instruments and splits of all symbols, as far as this instance has heard of them. */
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

    /** Every symbol that was heard of, with the instruments of that symbol that have quotes. */
    SortedMap<String, List<Instrument>> symbols() {
        var symbols = new TreeMap<String, List<Instrument>>();
        try (var entries = quotes.all()) {
            entries.forEachRemaining(entry -> Instrument.named(entry.key)
                    .ifPresent(instrument -> symbols.computeIfAbsent(instrument.symbol(), _ -> new ArrayList<>())
                            .add(instrument)));
        }
        try (var entries = splits.all()) {
            entries.forEachRemaining(entry -> symbols.putIfAbsent(entry.key, List.of()));
        }
        return symbols;
    }

    Splits splits(String symbol) {
        return MarketFormat.read(ValueAndTimestamp.getValueOrNull(splits.get(symbol)));
    }

    @Nullable Mark mark(Instrument instrument, Instant now) {
        return MarketFormat.read(ValueAndTimestamp.getValueOrNull(quotes.get(instrument.name())))
                .at(now)
                .map(quote -> Mark.of(quote, splits(instrument.symbol()), now, staleness))
                .orElse(null);
    }
}
