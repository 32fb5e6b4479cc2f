package dev.latchkey.router.runs;

import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunControlled;
import dev.latchkey.events.RunReason;
import dev.latchkey.router.defaults.UserCredentials;
import dev.latchkey.router.usage.AnsweredCall;
import dev.latchkey.router.usage.Meter;
import dev.latchkey.router.usage.PriceList;
import dev.latchkey.router.usage.Purse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The life of a run. Every method says what a run becomes; none of them remembers anything. A run that is ready for its
 * next task becomes Queued: whoever knows what else is under way says when it is released.
 */
public final class Runs {
    private final RunPolicy policy;
    private final Agents agents;
    private final DoubleSupplier chance;
    private final Meter meter;
    private final Reception reception;
    private final Attempts attempts;
    private final Endings endings;
    private final Controls controls;

    /** Chances are at least 0 and below 1. Nothing costs anything, and nobody has a budget. */
    public Runs(RunPolicy policy, Agents agents, DoubleSupplier chance) {
        this(policy, agents, chance, new Meter(PriceList.none()), Purse.bottomless());
    }

    private Runs(RunPolicy policy, Agents agents, DoubleSupplier chance, Meter meter, Purse purse) {
        this.policy = policy;
        this.agents = agents;
        this.chance = chance;
        this.meter = meter;
        this.endings = new Endings(policy.memory(), purse);
        this.attempts = new Attempts(policy, new Steps(agents), meter, chance);
        this.reception = new Reception(agents, new Router(policy.systemModel()), endings);
        this.controls = new Controls(endings);
    }

    /** The same, with what tokens cost. */
    public Runs metered(Meter by) {
        return new Runs(policy, agents, chance, by, Purse.bottomless());
    }

    /** The same, for users who have what the purse says. */
    public Runs paidOutOf(Purse purse) {
        return new Runs(policy, agents, chance, meter, purse);
    }

    public Meter meter() {
        return meter;
    }

    public Room room() {
        return policy.room();
    }

    /** A prompt came that was not seen before. */
    public Run begin(PromptSubmitted prompt, UserCredentials credentials, Instant now) {
        return reception.route(prompt, policy.deadlineOf(prompt, now), credentials, now);
    }

    /** The prompt of a run came that is known already; empty when that changes nothing for the run. */
    public Optional<Run> beginAgain(Run run, PromptSubmitted prompt, Instant now) {
        return switch (run) {
            case Run.Foretold _ -> Optional.of(endings.cancelled(reception.accepted(prompt, now), now));
            case Run.Visible _ -> Optional.empty();
        };
    }

    /** There is room for the task of a run. */
    public Run release(Run.Queued run, UserCredentials credentials, Instant now) {
        return endings.instead(run, credentials, now)
                .orElseGet(() -> released(run.progress(), Tasks.leaving(run.task(), credentials, now), now));
    }

    /** Whether a task had left before a crash, of which nothing else is known. One that old that its run is forgotten had not. */
    public boolean isAhead(AgentTask task, Optional<Run> known, Instant now) {
        return known.map(run -> task.getNumber() > lastNumberOf(run))
                .orElseGet(() ->
                        task.getNumber() > 0 && now.isBefore(task.getRoutedAt().plus(policy.memory())));
    }

    /** A task of the run had left before a crash: the run is where it was then. */
    public Run.Released adopt(Run.Visible run, AgentTask task, Instant now) {
        return switch (run) {
            case Run.Released released -> underWay(Receipts.replaced(released.progress(), task), task);
            case Run.Waiting _, Run.Queued _, Run.Pausing _, Run.Undecided _, Run.Ended _ ->
                underWay(Progress.running(run.progress(), task, now), task);
        };
    }

    /** A task had left before a crash, and its prompt is still to come again. */
    public Run.Released adopt(AgentTask task, Instant now) {
        return underWay(Progress.running(reception.accepted(task, now), task, now), task);
    }

    /** There is no place left in the queue of a run's user. */
    public Run turnAway(Run.Queued run, Instant now) {
        var message = "You have " + room().userQueue() + " prompts that wait for their turn, and can have no more.";
        return endings.refused(run.progress(), RunReason.TOO_MANY_PROMPTS, message, now);
    }

    /** The credentials of its user changed; empty when that changes nothing for the run. */
    public Optional<Run> hear(Run run, UserCredentials credentials, Instant now) {
        return switch (run) {
            case Run.Waiting waiting
            when credentials.hasSeen(waiting.prompt().getAfter()) ->
                Optional.of(reception.route(waiting.prompt(), waiting.dueAt(), credentials, now));
            case Run.Waiting _, Run.Released _, Run.Ended _, Run.Foretold _ -> Optional.empty();
            case Run.Routed routed ->
                routed.credentialId()
                        .filter(credentials::isUnusable)
                        .flatMap(_ -> endings.instead(routed, credentials, now));
        };
    }

    /** An attempt ended; empty when nobody waits for that attempt any more. */
    public Optional<Run> fold(Run run, AgentResult result, UserCredentials credentials, Instant now) {
        return attemptOf(run, result.getTaskId().toString())
                .map(released -> follow(attempts.after(released, result, credentials, now), credentials, now));
    }

    /** The credential whose key a provider refused in an attempt, if anybody waits for that attempt. */
    public Optional<RefusedKey> refusedKey(Run run, AgentResult result) {
        return attemptOf(run, result.getTaskId().toString())
                .filter(_ -> Outcome.isRefusedKey(result))
                .map(Run.Released::task)
                .map(AgentTask::getCredential)
                .map(credential -> RefusedKey.of(credential, result));
    }

    /** What an attempt took whose question was answered, also when its run had ended before. */
    public Optional<AnsweredCall> answeredCall(Run run, AgentResult result, Instant now) {
        return underWay(run)
                .filter(task -> task.getTaskId().equals(result.getTaskId()))
                .flatMap(task -> Outcome.answerOf(result).map(answer -> AnsweredCall.of(task, answer, now)));
    }

    /** The attempt ended that was under way when its run did; empty when it was not that one. */
    public Optional<Run.Ended> settle(Run run, AgentResult result) {
        return switch (run) {
            case Run.Ended ended
            when underWay(ended)
                    .filter(task -> task.getTaskId().equals(result.getTaskId()))
                    .isPresent() -> Optional.of(new Run.Ended(ended.progress(), ended.dueAt(), Optional.empty()));
            case Run.Visible _, Run.Foretold _ -> Optional.empty();
        };
    }

    /** A worker began a call; empty when nobody waits for the attempt that it was for. */
    public Optional<Run.Released> count(Run run, KeyUsed use, Instant now) {
        return attemptOf(run, use.getRequestId()).map(released -> called(released, now));
    }

    /** A user cancelled or decided; empty when that changes nothing for the run. */
    public Optional<Run> obey(Run run, RunControlled control, Instant now) {
        return controls.obey(run, control, now);
    }

    /** A user cancelled or decided about a run that there is not; empty when that does not matter. */
    public Optional<Run> foretell(RunControlled control, Instant now) {
        return controls.foretell(control, now);
    }

    /** The run is due; empty when it is time to forget it. */
    public Optional<Run> wake(Run run, UserCredentials credentials, Instant now) {
        return switch (run) {
            case Run.Ended _, Run.Foretold _ -> Optional.empty();
            case Run.Pausing pausing -> Optional.of(retry(pausing, credentials, now));
            case Run.Visible visible -> Optional.of(endings.late(visible, now));
        };
    }

    private Run retry(Run.Pausing run, UserCredentials credentials, Instant now) {
        return endings.instead(run, credentials, now)
                .orElseGet(() -> Run.Queued.ready(run.progress(), Tasks.again(run.task())));
    }

    private Run follow(NextStep step, UserCredentials credentials, Instant now) {
        return switch (step) {
            case NextStep.Final(var progress) -> endings.end(progress, now);
            case NextStep.RetryAt(var at, var progress, var task) ->
                unlessStopped(new Run.Pausing(progress, at, task), credentials, now);
            case NextStep.Ask(var progress, var task) -> release(Run.Queued.ready(progress, task), credentials, now);
            case NextStep.AskLater(var progress, var task) ->
                unlessStopped(new Run.Undecided(progress, task.getDeadline(), task), credentials, now);
        };
    }

    /** Nothing waits for a task that may not leave any more. */
    private Run unlessStopped(Run.Routed run, UserCredentials credentials, Instant now) {
        return endings.instead(run, credentials, now).orElse(run);
    }

    private Run released(AgentRun before, AgentTask task, Instant now) {
        return underWay(Progress.running(before, task, now), task);
    }

    private Run.Released underWay(AgentRun progress, AgentTask task) {
        return new Run.Released(progress, task.getDeadline().plus(policy.grace()), task, false);
    }

    private static Optional<AgentTask> underWay(Run run) {
        return switch (run) {
            case Run.Released released -> Optional.of(released.task());
            case Run.Ended ended -> ended.underWay();
            case Run.Waiting _, Run.Queued _, Run.Pausing _, Run.Undecided _, Run.Foretold _ -> Optional.empty();
        };
    }

    private static int lastNumberOf(Run run) {
        return switch (run) {
            case Run.Waiting _ -> 0;
            case Run.Queued queued -> queued.task().getNumber() - 1;
            case Run.Undecided undecided -> undecided.task().getNumber() - 1;
            case Run.Released released -> released.task().getNumber();
            case Run.Pausing pausing -> pausing.task().getNumber();
            case Run.Ended _, Run.Foretold _ -> Integer.MAX_VALUE;
        };
    }

    private static Run.Released called(Run.Released run, Instant now) {
        var progress = run.called() ? Receipts.repeated(run.progress(), now) : run.progress();
        return new Run.Released(progress, run.dueAt(), run.task(), true);
    }

    private static Optional<Run.Released> attemptOf(Run run, String taskId) {
        return switch (run) {
            case Run.Released released
            when released.task().getTaskId().toString().equals(taskId) -> Optional.of(released);
            case Run.Visible _, Run.Foretold _ -> Optional.empty();
        };
    }
}
