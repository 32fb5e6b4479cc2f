package dev.latchkey.router.topology;

import dev.latchkey.events.AgentTask;
import dev.latchkey.router.runs.RunId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tasks that had left before a crash, and that their runs have not come to again: what led to them is still to be read again.
 * There are any for moments only.
 */
final class TasksAhead {
    private static final StringSerializer KEYS = new StringSerializer();
    private static final HexFormat HEX = HexFormat.of();

    private final KeyValueStore<String, AgentTask> store;

    TasksAhead(KeyValueStore<String, AgentTask> store) {
        this.store = store;
    }

    void add(AgentTask task) {
        store.put(key(task), task);
    }

    boolean has(AgentTask task) {
        return store.get(key(task)) != null;
    }

    /** The first task of the run. It is not there any more. */
    Optional<AgentTask> take(RunId run) {
        try (var entries = store.prefixScan(prefix(run), KEYS)) {
            if (!entries.hasNext()) {
                return Optional.empty();
            }
            var first = entries.next();
            store.delete(first.key);
            return Optional.of(first.value);
        }
    }

    void forget(RunId run) {
        var keys = new ArrayList<String>();
        try (var entries = store.prefixScan(prefix(run), KEYS)) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(store::delete);
    }

    private static String key(AgentTask task) {
        return prefix(RunId.of(task)) + HEX.toHexDigits(task.getNumber());
    }

    private static String prefix(RunId run) {
        return run + "|";
    }
}
