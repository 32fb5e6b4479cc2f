package dev.latchkey.pnl.topology;

import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.events.TradeReported;
import dev.latchkey.pnl.state.BookState;
import dev.latchkey.pnl.state.QuotesState;
import dev.latchkey.pnl.state.SplitsState;
import dev.latchkey.schemas.PrivateFormat;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of the books. Those by user live where their user's trades are read. */
public final class PnlStores {
    /** userId|symbol|algorithmId to what was published last: what a user can ask for. */
    public static final String FIGURES = "figures";

    /** userId|eventId to the first copy of that trade event. */
    static final String REPORTS = "reports";

    /** userId|refId|eventId to the correction or cancellation eventId of refId. */
    static final String AMENDMENTS = "amendments";

    /** userId|symbol|place to the fill that stands at that place. */
    static final String FILLS = "fills";

    /** userId|symbol|algorithmId to the book. */
    static final String BOOKS = "books";

    /** userId|symbol|algorithmId|tradeId to the closing that was published last. */
    static final String CLOSINGS = "closings";

    /** symbol|userId|symbol| of every position to whether anything of it is open. */
    static final String HOLDERS = "holders";

    /** userId to the last data key of the user, as it came. In memory alone, and made again from data-keys. */
    static final String DATA_KEYS = "data-keys";

    /** userId|partition|offset to the dead letter that a sealed trade will be unless its data key comes in time. */
    static final String HELD = "held";

    /** The name of an instrument to its quotes, where the prices of its symbol are read. */
    static final String QUOTES = "quotes";

    /** symbol to its splits, where the splits of the symbol are read. */
    static final String SPLITS = "splits";

    /** The name of an instrument to its quotes, everywhere. */
    public static final String QUOTES_EVERYWHERE = "quotes-everywhere";

    /** symbol to its splits, everywhere. */
    static final String SPLITS_EVERYWHERE = "splits-everywhere";

    private PnlStores() {}

    static Set<StoreBuilder<?>> ofTheBooks() {
        return Set.of(
                builder(FIGURES, new PrivateFormat<>(PnlUpdated.class)),
                builder(REPORTS, new PrivateFormat<>(TradeReported.class)),
                builder(AMENDMENTS, new PrivateFormat<>(TradeReported.class)),
                builder(FILLS, new PrivateFormat<>(TradeReported.class)),
                builder(BOOKS, new PrivateFormat<>(BookState.class)),
                builder(CLOSINGS, new PrivateFormat<>(PositionClosed.class)),
                builder(HOLDERS, Serdes.Boolean()));
    }

    static Set<StoreBuilder<?>> ofTheOpening() {
        return Set.of(builder(HELD, new PrivateFormat<>(DeadLettered.class)));
    }

    static Set<StoreBuilder<?>> ofQuotes() {
        return Set.of(builder(QUOTES, new PrivateFormat<>(QuotesState.class)));
    }

    static Set<StoreBuilder<?>> ofSplits() {
        return Set.of(builder(SPLITS, new PrivateFormat<>(SplitsState.class)));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
