package dev.latchkey.router.runs;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.RunReason;
import dev.latchkey.router.defaults.UserCredentials;
import dev.latchkey.router.usage.ModelId;
import dev.latchkey.router.usage.Purse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Ends runs, which are remembered for a while, so that nothing happens twice. */
final class Endings {
    private final Duration memory;
    private final Purse purse;

    Endings(Duration memory, Purse purse) {
        this.memory = memory;
        this.purse = purse;
    }

    Run.Ended end(AgentRun progress, Instant now) {
        return new Run.Ended(progress, now.plus(memory), Optional.empty());
    }

    Run.Ended late(Run.Visible run, Instant now) {
        return leaving(run, late(run.progress(), now));
    }

    Run.Ended cancelled(Run.Visible run, Instant now) {
        return leaving(run, cancelled(run.progress(), now));
    }

    Run.Ended late(AgentRun progress, Instant now) {
        return end(Progress.failed(progress, RunReason.DEADLINE_PASSED, Outcome.DEADLINE_SENTENCE, now), now);
    }

    Run.Ended refused(AgentRun progress, RunReason reason, String message, Instant now) {
        return end(Progress.refused(progress, reason, message, now), now);
    }

    Run.Ended cancelled(AgentRun progress, Instant now) {
        return end(Progress.cancelled(progress, now), now);
    }

    /** What is with the workers is not waited for. */
    private static Run.Ended leaving(Run.Visible run, Run.Ended ended) {
        return switch (run) {
            case Run.Released released ->
                new Run.Ended(ended.progress(), ended.dueAt(), Optional.of(Tasks.withoutContent(released.task())));
            case Run.Waiting _, Run.Queued _, Run.Pausing _, Run.Undecided _, Run.Ended _ -> ended;
        };
    }

    Run.Foretold foretold(RunId id, Instant now) {
        return new Run.Foretold(id, now.plus(memory));
    }

    /**
     * What becomes of a run whose next task may not leave: it goes on with the next credential of its user's choice, or ends. Empty
     * when the task may leave.
     */
    Optional<Run> instead(Run.Routed run, UserCredentials credentials, Instant now) {
        var credential = run.task().getCredential();
        if (credentials.isDeleted(credential)) {
            return Optional.of(elsewhere(run, credentials)
                    .orElseGet(() -> end(Progress.deleted(run.progress(), now), now)));
        }
        if (credentials.isRefused(credential)) {
            return Optional.of(
                    elsewhere(run, credentials).orElseGet(() -> refusedKey(run.progress(), run.task(), now)));
        }
        return now.isBefore(run.task().getDeadline()) ? overBudget(run, now) : Optional.of(late(run.progress(), now));
    }

    private static Optional<Run> elsewhere(Run.Routed run, UserCredentials credentials) {
        return Chain.next(run.task(), credentials).map(next -> switch (run) {
            case Run.Queued queued -> Run.Queued.ready(queued.progress(), again(next));
            case Run.Pausing pausing -> new Run.Pausing(pausing.progress(), pausing.dueAt(), next);
            case Run.Undecided undecided -> new Run.Undecided(undecided.progress(), undecided.dueAt(), again(next));
            case Run.Released released -> released;
        });
    }

    /** The first attempt: a run that waits has the task that leaves next, a pausing one the task before. */
    private static AgentTask again(AgentTask next) {
        return AgentTask.newBuilder(next).setAttempt(1).build();
    }

    private Optional<Run> overBudget(Run.Routed run, Instant now) {
        var model = new ModelId(run.task().getProvider(), run.task().getModelName());
        return purse.refusal(run.task().getUserId(), model, now)
                .map(why -> end(Progress.refused(run.progress(), RunReason.BUDGET_EXHAUSTED, why, now), now));
    }

    private Run refusedKey(AgentRun progress, AgentTask task, Instant now) {
        var message =
                refusedKeySentence(task.getProvider(), task.getCredential().getCredentialId());
        return refused(progress, RunReason.KEY_REFUSED, message, now);
    }

    static String refusedKeySentence(String provider, UUID credentialId) {
        return provider + " refuses the key of your credential " + credentialId
                + ": give it another key or have it checked.";
    }
}
