package dev.latchkey.router.topology;

import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** When every run is due, in a store whose keys sort by time. */
final class Schedule {
    private static final HexFormat HEX = HexFormat.of();

    private final KeyValueStore<String, String> store;

    /** Nothing is due before it. Spares every look a walk over the deleted entries of the past. */
    private String from = "";

    Schedule(KeyValueStore<String, String> store) {
        this.store = store;
    }

    void add(Run run) {
        var key = key(run);
        store.put(key, run.id().toString());
        from = key.compareTo(from) < 0 ? key : from;
    }

    void remove(Run run) {
        store.delete(key(run));
    }

    /** The runs that are due now, first due first, at most so many. */
    List<RunId> due(Instant now, int most) {
        var due = new ArrayList<RunId>();
        var end = time(now.plusMillis(1));
        try (var entries = store.range(from, end)) {
            while (entries.hasNext() && due.size() < most) {
                var entry = entries.next();
                due.add(RunId.parse(entry.value));
                from = entry.key;
            }
            from = due.size() < most ? end : from;
        }
        return due;
    }

    private static String key(Run run) {
        return time(run.dueAt()) + "|" + run.id();
    }

    private static String time(Instant instant) {
        return HEX.toHexDigits(instant.toEpochMilli());
    }
}
