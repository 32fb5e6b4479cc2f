package dev.latchkey.router.topology;

import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** The runs that are known, when each is due and which listen for credentials. Keeps the three stores in step. */
final class RunBook {
    private static final StringSerializer KEYS = new StringSerializer();

    private final KeyValueStore<String, Run> runs;
    private final KeyValueStore<String, String> listening;
    private final Schedule schedule;

    RunBook(KeyValueStore<String, Run> runs, KeyValueStore<String, String> listening, Schedule schedule) {
        this.runs = runs;
        this.listening = listening;
        this.schedule = schedule;
    }

    Optional<Run> find(RunId id) {
        return Optional.ofNullable(runs.get(id.toString()));
    }

    void write(Run run) {
        var key = run.id().toString();
        find(run.id()).ifPresent(this::unlist);
        runs.put(key, run);
        schedule.add(run);
        if (listens(run)) {
            listening.put(key, "");
        }
    }

    void erase(Run run) {
        unlist(run);
        runs.delete(run.id().toString());
    }

    /** The user's runs that a change of credentials may move. */
    List<Run> listenersOf(UUID userId) {
        var ids = new ArrayList<RunId>();
        try (var entries = listening.prefixScan(userId + "|", KEYS)) {
            entries.forEachRemaining(entry -> ids.add(RunId.parse(entry.key)));
        }
        return ids.stream().map(this::find).flatMap(Optional::stream).toList();
    }

    List<Run> due(Instant now, int most) {
        return schedule.due(now, most).stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .toList();
    }

    private void unlist(Run run) {
        schedule.remove(run);
        if (listens(run)) {
            listening.delete(run.id().toString());
        }
    }

    private static boolean listens(Run run) {
        return switch (run) {
            case Run.Waiting _, Run.Pausing _ -> true;
            case Run.Released _, Run.Ended _ -> false;
        };
    }
}
