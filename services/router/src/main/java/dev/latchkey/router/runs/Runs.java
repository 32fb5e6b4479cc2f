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
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The life of a run. Every method says what a run becomes; none of them remembers anything. A run that is ready for its
 * next task becomes Queued: whoever knows what else is under way says when it is released.
 */
public final class Runs {
    /**
     * What is new and what is left to chance.
     *
     * @param chance at least 0 and below 1
     */
    private record Dice(Supplier<UUID> taskIds, DoubleSupplier chance) {}

    private final RunPolicy policy;
    private final Agents agents;
    private final Dice dice;
    private final Meter meter;
    private final Tasks tasks;
    private final Reception reception;
    private final Attempts attempts;
    private final Endings endings;
    private final Controls controls;

    /** Chances are at least 0 and below 1. Nothing costs anything, and nobody has a budget. */
    public Runs(RunPolicy policy, Agents agents, Supplier<UUID> taskIds, DoubleSupplier chance) {
        this(policy, agents, new Dice(taskIds, chance), new Meter(PriceList.none()), Purse.bottomless());
    }

    private Runs(RunPolicy policy, Agents agents, Dice dice, Meter meter, Purse purse) {
        this.policy = policy;
        this.agents = agents;
        this.dice = dice;
        this.meter = meter;
        this.tasks = new Tasks(dice.taskIds());
        this.endings = new Endings(policy.memory(), purse);
        this.attempts = new Attempts(policy, new Steps(agents, tasks), meter, dice.chance());
        this.reception = new Reception(agents, new Router(policy.systemModel()), tasks, endings);
        this.controls = new Controls(endings);
    }

    /** The same, with what tokens cost. */
    public Runs metered(Meter by) {
        return new Runs(policy, agents, dice, by, Purse.bottomless());
    }

    /** The same, for users who have what the purse says. */
    public Runs paidOutOf(Purse purse) {
        return new Runs(policy, agents, dice, meter, purse);
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

    /** What an attempt took whose question was answered, if anybody waits for that attempt. */
    public Optional<AnsweredCall> answeredCall(Run run, AgentResult result, Instant now) {
        return attemptOf(run, result.getTaskId().toString())
                .flatMap(released ->
                        Outcome.answerOf(result).map(answer -> AnsweredCall.of(released.task(), answer, now)));
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
            case Run.Visible visible -> Optional.of(endings.late(visible.progress(), now));
        };
    }

    private Run retry(Run.Pausing run, UserCredentials credentials, Instant now) {
        return endings.instead(run, credentials, now)
                .orElseGet(() -> Run.Queued.ready(run.progress(), tasks.again(run.task())));
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
        var dueAt = task.getDeadline().plus(policy.grace());
        return new Run.Released(Progress.running(before, task, now), dueAt, task, false);
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
