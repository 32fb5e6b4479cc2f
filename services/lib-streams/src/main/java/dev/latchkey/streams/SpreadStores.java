package dev.latchkey.streams;

import java.net.URI;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Stores that instances share out by key: asks those of this instance, and knows which instance has the rest. */
public final class SpreadStores {
    /** What came of a question. */
    public sealed interface Answer<T> {
        record Here<T>(T value) implements Answer<T> {}

        record Elsewhere<T>(URI instance) implements Answer<T> {}

        /** Nobody can tell now: the store is moving between instances. */
        record Unsettled<T>() implements Answer<T> {}
    }

    private final KafkaStreams streams;
    private final URI self;
    private final HostInfo selfAsHost;

    /** The URL is the one that other instances reach this one at; all instances speak its scheme. */
    public SpreadStores(KafkaStreams streams, URI self) {
        this.streams = streams;
        this.self = self;
        this.selfAsHost = new HostInfo(self.getHost(), self.getPort());
    }

    /** Asks the part of a store where what was read under a key is kept. */
    public <V, T> Answer<T> ask(String store, String key, Function<ReadOnlyKeyValueStore<String, V>, T> question) {
        try {
            var place = streams.queryMetadataForKey(store, key, new StringSerializer());
            if (place.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return new Answer.Unsettled<>();
            }
            return place.activeHost().equals(selfAsHost)
                    ? new Answer.Here<>(question.apply(open(store, place)))
                    : new Answer.Elsewhere<>(address(place.activeHost()));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return new Answer.Unsettled<>();
        }
    }

    private <V> ReadOnlyKeyValueStore<String, V> open(String store, KeyQueryMetadata place) {
        return streams.store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(place.partition()));
    }

    private URI address(HostInfo host) {
        return URI.create(self.getScheme() + "://" + host.host() + ":" + host.port());
    }
}
