package dev.latchkey.router.queries;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.topology.CredentialShelf;
import dev.latchkey.router.topology.RouterStores;
import dev.latchkey.router.views.Lookup;
import dev.latchkey.router.views.Views;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Asks the stores of this instance, and knows which instance has the rest. */
public final class StoreViews implements Views {
    private final KafkaStreams streams;
    private final URI self;
    private final HostInfo selfAsHost;

    /** The URL is the one that other instances reach this one at; all instances speak its scheme. */
    public StoreViews(KafkaStreams streams, URI self) {
        this.streams = streams;
        this.self = self;
        this.selfAsHost = new HostInfo(self.getHost(), self.getPort());
    }

    @Override
    public Lookup<DefaultModel> defaultModel(UUID userId) {
        return this.<CredentialChanged, DefaultModel>ask(
                userId,
                RouterStores.CREDENTIALS,
                store -> CredentialShelf.of(userId, store).defaultModel());
    }

    @Override
    public Lookup<AgentRun> run(RunId id) {
        return this.<Run, AgentRun>ask(
                id.userId(),
                RouterStores.RUNS,
                store -> Optional.ofNullable(store.get(id.toString())).map(Run::progress));
    }

    private <V, T> Lookup<T> ask(
            UUID userId, String store, Function<ReadOnlyKeyValueStore<String, V>, Optional<T>> question) {
        try {
            var place = streams.queryMetadataForKey(store, userId.toString(), new StringSerializer());
            if (place.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return new Lookup.Unsettled<>();
            }
            return place.activeHost().equals(selfAsHost)
                    ? answer(question.apply(open(store, place)))
                    : new Lookup.Elsewhere<>(address(place.activeHost()));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return new Lookup.Unsettled<>();
        }
    }

    private <V> ReadOnlyKeyValueStore<String, V> open(String store, KeyQueryMetadata place) {
        return streams.store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(place.partition()));
    }

    private URI address(HostInfo host) {
        return URI.create(self.getScheme() + "://" + host.host() + ":" + host.port());
    }

    private static <T> Lookup<T> answer(Optional<T> found) {
        return found.<Lookup<T>>map(Lookup.Found::new).orElseGet(Lookup.Missing::new);
    }
}
