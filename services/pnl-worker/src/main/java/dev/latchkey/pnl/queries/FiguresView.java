package dev.latchkey.pnl.queries;

import dev.latchkey.events.PnlUpdated;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.topology.PnlStores;
import dev.latchkey.pnl.views.Lookup;
import dev.latchkey.streams.SpreadStores;
import dev.latchkey.streams.SpreadStores.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Asks the figures of this instance, and knows which instance has those of another user. */
public final class FiguresView {
    private final SpreadStores stores;

    /** The URL is the one that other instances reach this one at; all instances speak its scheme. */
    public FiguresView(KafkaStreams streams, URI self) {
        this.stores = new SpreadStores(streams, self);
    }

    /** Everything published last about a user. */
    public Lookup of(UUID userId) {
        var answer = stores.<PnlUpdated, List<PnlUpdated>>ask(
                PnlStores.FIGURES, userId.toString(), store -> scan(store, userId));
        return switch (answer) {
            case Answer.Here<List<PnlUpdated>>(var figures) -> new Lookup.Found(figures);
            case Answer.Elsewhere<List<PnlUpdated>>(var instance) -> new Lookup.Elsewhere(instance);
            case Answer.Unsettled<List<PnlUpdated>> _ -> new Lookup.Unsettled();
        };
    }

    private static List<PnlUpdated> scan(ReadOnlyKeyValueStore<String, PnlUpdated> store, UUID userId) {
        var figures = new ArrayList<PnlUpdated>();
        try (var entries = store.prefixScan(BookKey.allOf(userId), new StringSerializer())) {
            entries.forEachRemaining(entry -> figures.add(entry.value));
        }
        return figures;
    }
}
