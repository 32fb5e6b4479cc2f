package dev.latchkey.router.topology;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.RunState;
import dev.latchkey.router.defaults.UserCredentials;
import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.runs.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Keeps what runs become, says it, and releases who is next. */
final class Dispatch {
    private final Runs runs;
    private final RunBook book;
    private final Queues queues;
    private final TasksAhead ahead;
    private final int mostAtOnce;

    Dispatch(Runs runs, RunBook book, Queues queues, TasksAhead ahead, int mostAtOnce) {
        this.runs = runs;
        this.book = book;
        this.queues = queues;
        this.ahead = ahead;
        this.mostAtOnce = mostAtOnce;
    }

    List<Output> move(Run run, UserCredentials credentials, Instant now) {
        return switch (run) {
            case Run.Ended ended -> {
                ahead.forget(ended.id());
                yield keep(ended);
            }
            case Run.Foretold foretold -> keep(foretold);
            case Run.Visible visible ->
                ahead.take(visible.id())
                        .map(task -> underWay(runs.adopt(visible, task, now)))
                        .orElseGet(() -> keep(placed(visible, credentials, now)));
        };
    }

    /** Takes note of a task that left before a crash. */
    List<Output> takeUp(AgentTask task, Instant now) {
        return knows(task, now) ? List.of() : begin(task, now);
    }

    /** Whether the state knows that a task has left. */
    boolean knows(AgentTask task, Instant now) {
        return ahead.has(task) || !runs.isAhead(task, book.find(RunId.of(task)), now);
    }

    private List<Output> begin(AgentTask task, Instant now) {
        return switch (book.find(RunId.of(task)).orElse(null)) {
            case null -> underWay(runs.adopt(task, now));
            case Run.Released _ -> {
                ahead.add(task);
                yield List.of();
            }
            case Run.Visible visible -> underWay(runs.adopt(visible, task, now));
            case Run.Foretold _ -> List.of();
        };
    }

    /** Keeps a run that goes on as before, and says so only when its user sees a difference. */
    List<Output> note(Run before, Run.Visible after) {
        book.write(after);
        return after.seen().equals(before.seen()) ? List.of() : List.of(new Output.RunMoved(after.progress()));
    }

    /** Releases who is next, as long as there is room. */
    List<Output> fill(UUID userId, UserCredentials credentials, Instant now) {
        var said = new ArrayList<Output>();
        Predicate<UUID> isGood = id -> !credentials.isUnusable(id);
        var next = queues.next(userId, isGood);
        for (int moved = 0; next.isPresent() && moved < mostAtOnce; moved++) {
            book.find(next.get()).ifPresent(run -> said.addAll(release(run, credentials, now)));
            next = queues.next(userId, isGood);
        }
        return said;
    }

    private List<Output> release(Run run, UserCredentials credentials, Instant now) {
        return switch (run) {
            case Run.Queued queued -> keep(runs.release(queued, credentials, now));
            case Run.Visible _, Run.Foretold _ ->
                throw new IllegalStateException(run.id() + " has a place in a line and does not wait there");
        };
    }

    private Run placed(Run.Visible run, UserCredentials credentials, Instant now) {
        return switch (run) {
            case Run.Queued queued -> place(queued, credentials, now);
            case Run.Waiting _, Run.Released _, Run.Pausing _, Run.Undecided _, Run.Ended _ -> run;
        };
    }

    private Run place(Run.Queued run, UserCredentials credentials, Instant now) {
        if (queues.hasRoom(run)) {
            return runs.release(run, credentials, now);
        }
        return !run.hasBegun() && queues.isFull(run.id().userId()) ? runs.turnAway(run, now) : run;
    }

    /** Its task has left already. */
    private List<Output> underWay(Run.Released run) {
        book.write(run);
        return List.of(new Output.RunMoved(run.progress()));
    }

    private List<Output> keep(Run run) {
        book.write(run);
        return switch (run) {
            case Run.Released released ->
                List.of(new Output.RunMoved(released.progress()), new Output.TaskReleased(released.task()));
            case Run.Queued queued -> queued(queued);
            case Run.Visible visible -> List.of(new Output.RunMoved(visible.progress()));
            case Run.Foretold _ -> List.of();
        };
    }

    /** A retry that waits for its turn is still a retry, and that was said. */
    private static List<Output> queued(Run.Queued run) {
        return run.progress().getState() == RunState.RETRYING
                ? List.of()
                : List.of(new Output.RunMoved(run.progress()));
    }
}
