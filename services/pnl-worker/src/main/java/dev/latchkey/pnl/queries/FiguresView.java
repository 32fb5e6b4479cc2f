package dev.latchkey.pnl.queries;

import dev.latchkey.events.PnlUpdated;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.topology.PnlStores;
import dev.latchkey.pnl.views.Lookup;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Asks the figures of this instance, and knows which instance has those of another user. */
public final class FiguresView {
    private final KafkaStreams streams;
    private final URI self;
    private final HostInfo selfAsHost;

    /** The URL is the one that other instances reach this one at; all instances speak its scheme. */
    public FiguresView(KafkaStreams streams, URI self) {
        this.streams = streams;
        this.self = self;
        this.selfAsHost = new HostInfo(self.getHost(), self.getPort());
    }

    /** Everything published last about a user. */
    public Lookup of(UUID userId) {
        try {
            var place = streams.queryMetadataForKey(PnlStores.FIGURES, userId.toString(), new StringSerializer());
            if (place.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return new Lookup.Unsettled();
            }
            return place.activeHost().equals(selfAsHost)
                    ? new Lookup.Found(scan(open(place), userId))
                    : new Lookup.Elsewhere(address(place.activeHost()));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return new Lookup.Unsettled();
        }
    }

    private ReadOnlyKeyValueStore<String, PnlUpdated> open(KeyQueryMetadata place) {
        return streams.store(StoreQueryParameters.fromNameAndType(
                        PnlStores.FIGURES, QueryableStoreTypes.<String, PnlUpdated>keyValueStore())
                .withPartition(place.partition()));
    }

    private URI address(HostInfo host) {
        return URI.create(self.getScheme() + "://" + host.host() + ":" + host.port());
    }

    private static List<PnlUpdated> scan(ReadOnlyKeyValueStore<String, PnlUpdated> store, UUID userId) {
        var figures = new ArrayList<PnlUpdated>();
        try (var entries = store.prefixScan(BookKey.allOf(userId), new StringSerializer())) {
            entries.forEachRemaining(entry -> figures.add(entry.value));
        }
        return figures;
    }
}
