package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunReason;
import dev.latchkey.router.defaults.UserCredentials;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The life of a run. Every method says what a run becomes; none of them remembers anything. */
public final class Runs {
    private final RunPolicy policy;
    private final Router router;
    private final Tasks tasks;
    private final Attempts attempts;

    public Runs(RunPolicy policy, Supplier<UUID> taskIds) {
        this.policy = policy;
        this.router = new Router(policy.systemModel());
        this.tasks = new Tasks(taskIds);
        this.attempts = new Attempts(policy);
    }

    /** A prompt came that was not seen before. */
    public Run begin(PromptSubmitted prompt, UserCredentials credentials, Instant now) {
        return route(prompt, policy.deadlineOf(prompt, now), credentials, now);
    }

    /** The credentials of its user changed; empty when that changes nothing for the run. */
    public Optional<Run> hear(Run run, UserCredentials credentials, Instant now) {
        return switch (run) {
            case Run.Waiting waiting
            when credentials.hasSeen(waiting.prompt().getAfter()) ->
                Optional.of(route(waiting.prompt(), waiting.dueAt(), credentials, now));
            case Run.Pausing pausing
            when credentials.isDeleted(pausing.task().getCredential()) ->
                Optional.of(end(Progress.deleted(pausing.progress(), now), now));
            case Run.Waiting _, Run.Pausing _, Run.Released _, Run.Ended _ -> Optional.empty();
        };
    }

    /** An attempt ended; empty when nobody waits for that attempt any more. */
    public Optional<Run> fold(Run run, AgentResult result, UserCredentials credentials, Instant now) {
        return switch (run) {
            case Run.Released released
            when released.task().getTaskId().equals(result.getTaskId()) ->
                Optional.of(follow(released, attempts.after(released, result, credentials, now), now));
            case Run.Waiting _, Run.Released _, Run.Pausing _, Run.Ended _ -> Optional.empty();
        };
    }

    /** The run is due; empty when it is time to forget it. */
    public Optional<Run> wake(Run run, Instant now) {
        return switch (run) {
            case Run.Waiting waiting -> Optional.of(late(waiting.progress(), now));
            case Run.Released released -> Optional.of(late(released.progress(), now));
            case Run.Pausing pausing -> Optional.of(retry(pausing, now));
            case Run.Ended _ -> Optional.empty();
        };
    }

    private Run route(PromptSubmitted prompt, Instant deadline, UserCredentials credentials, Instant now) {
        var accepted = Progress.accepted(prompt, now);
        if (!now.isBefore(deadline)) {
            return late(accepted, now);
        }
        return switch (router.route(prompt, credentials)) {
            case Routing.Released(var model) -> release(accepted, tasks.first(prompt, model, deadline, now), now);
            case Routing.Refused(var reason, var message) -> end(Progress.refused(accepted, reason, message, now), now);
            case Routing.Waiting _ -> new Run.Waiting(accepted, deadline, prompt);
        };
    }

    private Run release(AgentRun before, AgentTask task, Instant now) {
        var dueAt = task.getDeadline().plus(policy.grace());
        return new Run.Released(Progress.running(before, task, now), dueAt, task);
    }

    private Run retry(Run.Pausing run, Instant now) {
        return now.isBefore(run.task().getDeadline())
                ? release(run.progress(), tasks.next(run.task(), now), now)
                : late(run.progress(), now);
    }

    private Run follow(Run.Released run, NextStep step, Instant now) {
        return switch (step) {
            case NextStep.Final(var progress) -> end(progress, now);
            case NextStep.RetryAt(var at, var progress) -> new Run.Pausing(progress, at, run.task());
        };
    }

    private Run late(AgentRun progress, Instant now) {
        return end(Progress.failed(progress, RunReason.DEADLINE_PASSED, Outcome.DEADLINE_SENTENCE, now), now);
    }

    private Run end(AgentRun progress, Instant now) {
        return new Run.Ended(progress, now.plus(policy.memory()));
    }
}
