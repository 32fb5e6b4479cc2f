package dev.latchkey.router.topology;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.UsageCounted;
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

    /** userId|credentialId|promptId of every run that a change of that credential may move. */
    static final String LISTENING = "listeners";

    /** userId|credentialId of every change that not everybody was told of yet, and who is next. */
    static final String ROUNDS = "rounds";

    /** userId|credentialId to when its provider refused its key. */
    static final String REFUSALS = "refused-keys";

    /** userId|credentialId to what is under way with that key. */
    static final String LANES = "lanes";

    /** userId|credentialId and ticket to who waits for a turn. */
    static final String QUEUE = "queue";

    /** Time and userId|promptId of every run, in the order in which they are due. */
    static final String SCHEDULE = "schedule";

    /** userId|day|credentialId, or system|provider|model to what that took. */
    public static final String USAGE = "usage";

    /** userId to the newest budget. */
    public static final String BUDGETS = "budgets";

    /** userId|promptId|number of every task that left before a crash and that its run has not come to again. */
    static final String AHEAD = "tasks-ahead";

    private RouterStores() {}

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                builder(CREDENTIALS, new PrivateFormat<>(CredentialChanged.class)),
                builder(RUNS, RunFormat.serde()),
                builder(LISTENING, Serdes.String()),
                builder(ROUNDS, Serdes.String()),
                builder(REFUSALS, RefusalFormat.serde()),
                builder(LANES, LaneFormat.serde()),
                builder(QUEUE, Serdes.String()),
                builder(USAGE, new PrivateFormat<>(UsageCounted.class)),
                builder(BUDGETS, new PrivateFormat<>(BudgetChanged.class)),
                builder(SCHEDULE, Serdes.String()),
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(AHEAD), Serdes.String(), new PrivateFormat<>(AgentTask.class)));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
