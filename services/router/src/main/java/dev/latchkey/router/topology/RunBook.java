package dev.latchkey.router.topology;

import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** The runs that are known, when each is due, which listen for credentials and who has a place. Keeps them in step. */
final class RunBook {
    private final KeyValueStore<String, Run> runs;
    private final Schedule schedule;
    private final Listeners listeners;
    private final Queues queues;

    RunBook(KeyValueStore<String, Run> runs, Schedule schedule, Listeners listeners, Queues queues) {
        this.runs = runs;
        this.schedule = schedule;
        this.listeners = listeners;
        this.queues = queues;
    }

    Optional<Run> find(RunId id) {
        return Optional.ofNullable(runs.get(id.toString()));
    }

    List<Run> find(List<RunId> ids) {
        return ids.stream().map(this::find).flatMap(Optional::stream).toList();
    }

    void write(Run run) {
        find(run.id()).ifPresent(this::unlist);
        var placed = queues.enter(run);
        runs.put(placed.id().toString(), placed);
        schedule.add(placed);
        listeners.add(placed);
    }

    void erase(Run run) {
        unlist(run);
        runs.delete(run.id().toString());
    }

    List<Run> due(Instant now, int most) {
        return find(schedule.due(now, most));
    }

    private void unlist(Run run) {
        schedule.remove(run);
        listeners.remove(run);
        queues.leave(run);
    }
}
