package dev.latchkey.router.topology;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.schemas.PrivateFormat;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of the router. All of them live where their user's prompts are read. */
public final class RouterStores {
    /** userId|credentialId to the newest change of that credential. */
    public static final String CREDENTIALS = "credentials";

    /** userId|promptId to its run. */
    public static final String RUNS = "runs";

    /** userId|promptId of every run that a change of its user's credentials may move. */
    static final String LISTENING = "listening";

    /** Time and userId|promptId of every run, in the order in which they are due. */
    static final String SCHEDULE = "schedule";

    private RouterStores() {}

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                builder(CREDENTIALS, new PrivateFormat<>(CredentialChanged.class)),
                builder(RUNS, new RunFormat()),
                builder(LISTENING, Serdes.String()),
                builder(SCHEDULE, Serdes.String()));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
