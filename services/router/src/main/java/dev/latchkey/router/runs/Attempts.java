package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.RunReason;
import dev.latchkey.router.defaults.UserCredentials;
import dev.latchkey.router.usage.AnsweredCall;
import dev.latchkey.router.usage.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/** Decides what follows an attempt. The one owner of retries: workers try once. */
final class Attempts {
    private final RunPolicy policy;
    private final Steps steps;
    private final Meter meter;
    private final DoubleSupplier chance;

    /** Chances are at least 0 and below 1. */
    Attempts(RunPolicy policy, Steps steps, Meter meter, DoubleSupplier chance) {
        this.policy = policy;
        this.steps = steps;
        this.meter = meter;
        this.chance = chance;
    }

    NextStep after(Run.Released run, AgentResult result, UserCredentials credentials, Instant now) {
        var task = Tasks.withSteps(run.task(), result);
        return switch (alone(run, result, credentials, now)) {
            case NextStep.Final(var end)
            when Chain.goesOnAfter(end.getReason()) ->
                Chain.next(task, credentials)
                        .map(next -> elsewhere(end, next, now))
                        .orElseGet(() -> new NextStep.Final(end));
            case NextStep step -> step;
        };
    }

    /** The next credential is asked as soon as it is its turn. */
    private static NextStep elsewhere(AgentRun end, AgentTask next, Instant now) {
        var message = end.getMessage() + " Your next credential is used instead.";
        return new NextStep.RetryAt(now, Progress.retrying(end, message, now), next);
    }

    /** What follows with this credential alone. */
    private NextStep alone(Run.Released run, AgentResult result, UserCredentials credentials, Instant now) {
        var paid = Receipts.paid(run.progress(), result);
        var task = Tasks.withSteps(run.task(), result);
        return switch (Outcome.of(result, task.getProvider())) {
            case Outcome.Answered answered ->
                new NextStep.Final(Progress.answered(spent(paid, task, answered.answer(), now), answered, now));
            case Outcome.Unfinished(var answer, var pending) ->
                steps.after(spent(paid, task, answer, now), task, pending, now);
            case Outcome.Passing passing -> afterTrouble(paid, task, passing, now);
            case Outcome.Failed(var reason, var message) ->
                new NextStep.Final(Progress.failed(paid, reason, message, now));
            case Outcome.Cancelled() -> new NextStep.Final(Progress.cancelled(paid, now));
            case Outcome.Deleted() -> new NextStep.Final(Progress.deleted(paid, now));
            case Outcome.Unusable(var why) -> new NextStep.Final(unusable(paid, task, credentials, why, now));
        };
    }

    private AgentRun spent(AgentRun run, AgentTask task, AnswerGiven answer, Instant now) {
        var call = AnsweredCall.of(task, answer, now);
        var cost = meter.cost(call.model(), call.tokens());
        return Receipts.charged(Receipts.spent(run, answer), task.getStep(), cost, meter.currency());
    }

    private NextStep afterTrouble(AgentRun run, AgentTask task, Outcome.Passing passing, Instant now) {
        int attempt = task.getAttempt();
        if (attempt >= policy.attempts()) {
            return exhausted(run, passing.trouble() + ", and " + attempt + " attempts are all there are.", now);
        }
        var at = now.plus(passing.pause().orElseGet(() -> pauseAfter(attempt)));
        if (!at.isBefore(task.getDeadline())) {
            return exhausted(run, passing.trouble() + ", and another attempt would be after the deadline.", now);
        }
        var message = passing.trouble() + ": attempt " + (attempt + 1) + " follows.";
        return new NextStep.RetryAt(at, Progress.retrying(run, message, now), task);
    }

    /** Up to a quarter longer than the policy says, so that what failed together does not come back together. */
    private Duration pauseAfter(int attempt) {
        var pause = policy.pauseAfter(attempt);
        return pause.plusMillis((long) (pause.toMillis() * chance.getAsDouble() / 4));
    }

    private static NextStep exhausted(AgentRun run, String message, Instant now) {
        return new NextStep.Final(Progress.failed(run, RunReason.ATTEMPTS_EXHAUSTED, message, now));
    }

    private static AgentRun unusable(
            AgentRun run, AgentTask task, UserCredentials credentials, String why, Instant now) {
        return credentials.isDeleted(task.getCredential())
                ? Progress.deleted(run, now)
                : Progress.refused(run, RunReason.CREDENTIAL_UNUSABLE, "The credential could not be used: " + why, now);
    }
}
