package dev.latchkey.pnl.queries;

import dev.latchkey.pnl.book.Instrument;
import dev.latchkey.pnl.book.Quote;
import dev.latchkey.pnl.state.QuotesState;
import dev.latchkey.pnl.topology.MarketFormat;
import dev.latchkey.pnl.topology.PnlStores;
import dev.latchkey.pnl.views.LastPrice;
import dev.latchkey.pnl.views.PriceLookup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Asks for prices, which every instance has. */
public final class PricesView {
    private final KafkaStreams streams;
    private final InstantSource clock;
    private final Duration staleness;

    /** A price that is older than the staleness says so. */
    public PricesView(KafkaStreams streams, InstantSource clock, Duration staleness) {
        this.streams = streams;
        this.clock = clock;
        this.staleness = staleness;
    }

    public PriceLookup of(String symbol) {
        try {
            return new PriceLookup.Found(prices(quotes(), symbol));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return new PriceLookup.Unsettled();
        }
    }

    private ReadOnlyKeyValueStore<String, QuotesState> quotes() {
        return streams.store(StoreQueryParameters.fromNameAndType(
                PnlStores.QUOTES_EVERYWHERE, QueryableStoreTypes.<String, QuotesState>keyValueStore()));
    }

    private List<LastPrice> prices(ReadOnlyKeyValueStore<String, QuotesState> quotes, String symbol) {
        var now = clock.instant();
        return instruments(quotes, symbol)
                .flatMap(instrument -> price(instrument, quotes.get(instrument.name()), now).stream())
                .toList();
    }

    /** A pair goes by its symbol alone, everything else by its symbol and each currency that it is priced in. */
    private static Stream<Instrument> instruments(ReadOnlyKeyValueStore<String, QuotesState> quotes, String symbol) {
        var byCurrency = new TreeMap<String, Instrument>();
        try (var entries = quotes.prefixScan(symbol, new StringSerializer())) {
            entries.forEachRemaining(entry -> Instrument.named(entry.key)
                    .filter(instrument -> instrument.symbol().equals(symbol))
                    .ifPresent(instrument -> byCurrency.put(instrument.quoteCurrency(), instrument)));
        }
        return byCurrency.values().stream();
    }

    private Optional<LastPrice> price(Instrument instrument, QuotesState quotes, Instant now) {
        return MarketFormat.read(quotes).at(now).map(quote -> price(instrument, quote, now));
    }

    private LastPrice price(Instrument instrument, Quote quote, Instant now) {
        boolean stale = quote.observedAt().plus(staleness).isBefore(now);
        return new LastPrice(instrument.quoteCurrency(), quote.price(), quote.observedAt(), quote.source(), stale);
    }
}
