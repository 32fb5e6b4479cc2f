package dev.latchkey.agent.answering;

import dev.latchkey.agent.credentials.KeyGrant;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a task into its result: makes the calls of tools that were decided, asks the model at most once, with the key that
 * the task was released with, and makes the calls that it wants.
 */
public final class Answering implements Answerer {
    private static final String DELETED_MEANWHILE = "the credential was deleted while its call ran";
    private static final RequestRefused CANCELLED = new RequestRefused("The run was cancelled.", true);
    private static final RequestRefused NO_AGENT = new RequestRefused("There is no agent of that name.", true);
    private static final RequestRefused TOO_MUCH =
            new RequestRefused("What the tools were asked and told became too much for one run.", true);

    private final Agents agents;
    private final Toolbox toolbox;
    private final ToolWork toolWork;
    private final Keys keys;
    private final Calls calls;
    private final Timing timing;

    /** Who can be asked, and what they can use. */
    public record Team(Agents agents, Toolbox toolbox) {}

    /**
     * When a call may run.
     *
     * @param longestCall how long to wait for a provider, deadline or not
     */
    public record Timing(InstantSource clock, Duration longestCall) {}

    /**
     * Who is called.
     *
     * @param running where calls can be ended from
     * @param cancellations of runs whose tasks may still come
     * @param hearers who hears answers as they come
     */
    public record Calls(Provider provider, RunningCalls running, Cancellations cancellations, Hearers hearers) {
        /** Nobody hears anything before it is whole. */
        public Calls(Provider provider, RunningCalls running, Cancellations cancellations) {
            this(provider, running, cancellations, Hearers.nobody());
        }
    }

    /** What came of the question to the model; the masked key is null when no call was made. */
    private record Reply(
            Object outcome, List<ToolCall> wanted, @Nullable String maskedKey) {
        static Reply withoutCall(Object outcome) {
            return new Reply(outcome, List.of(), null);
        }
    }

    /**
     * What came of a task.
     *
     * @param unfinished whether the run goes on with another step
     */
    private record Ending(Object outcome, @Nullable String maskedKey, List<StepMade> steps, boolean unfinished) {
        static Ending of(Reply reply, List<StepMade> steps) {
            return new Ending(reply.outcome(), reply.maskedKey(), steps, false);
        }

        /** With the steps as they came. */
        static Ending untouched(Object outcome, AgentTask task) {
            return new Ending(outcome, null, task.getSteps(), false);
        }

        List<ToolCall> pending() {
            return unfinished ? Steps.pending(steps) : List.of();
        }
    }

    public Answering(Team team, Keys keys, Calls calls, Timing timing) {
        this.agents = team.agents();
        this.toolbox = team.toolbox();
        this.toolWork = new ToolWork(toolbox);
        this.keys = keys;
        this.calls = calls;
        this.timing = timing;
    }

    /** Whoever cancels a run ends what is done for it. */
    @Override
    public AgentResult answer(AgentTask task) throws InterruptedException {
        var startedAt = timing.clock().instant();
        var ending = calls.running()
                .run(EndedBy.Cancellation.of(task), () -> ending(task))
                .orElseGet(() -> Ending.untouched(CANCELLED, task));
        return result(task, ending, startedAt);
    }

    private Ending ending(AgentTask task) throws InterruptedException {
        if (isCancelled(task)) {
            return Ending.untouched(CANCELLED, task);
        }
        if (patience(task).isZero()) {
            return Ending.untouched(tooLate(task), task);
        }
        var agent = agents.find(task.getAgent());
        if (agent.isEmpty()) {
            return Ending.untouched(NO_AGENT, task);
        }
        var steps = toolWork.decided(new Run(task, agent.get(), task.getSteps()));
        return Steps.areTooMuch(steps) ? Ending.untouched(TOO_MUCH, task) : ending(new Run(task, agent.get(), steps));
    }

    /** Once the model has answered, and its key is wiped. */
    private Ending ending(Run run) throws InterruptedException {
        var reply = reply(run);
        if (reply.wanted().isEmpty()) {
            return Ending.of(reply, run.steps());
        }
        return isCancelled(run.task()) ? Ending.untouched(CANCELLED, run.task()) : unfinished(run, reply);
    }

    private Ending unfinished(Run run, Reply reply) throws InterruptedException {
        var text = reply.outcome() instanceof AnswerGiven answer ? answer.getText() : "";
        var steps = run.stepsWith(toolWork.begun(text, reply.wanted(), run));
        return Steps.areTooMuch(steps)
                ? new Ending(TOO_MUCH, reply.maskedKey(), run.steps(), false)
                : new Ending(reply.outcome(), reply.maskedKey(), steps, true);
    }

    private Reply reply(Run run) throws InterruptedException {
        var task = run.task();
        return switch (keys.grant(task)) {
            case KeyGrant.Granted granted -> callUnlessLate(run, granted);
            case KeyGrant.Denied(var reason) -> Reply.withoutCall(unusable(task, reason));
            case KeyGrant.TooLate() -> Reply.withoutCall(tooLate(task));
        };
    }

    /** The record of the key's use may have waited for a broker, and what was known before is old. */
    private Reply callUnlessLate(Run run, KeyGrant.Granted granted) throws InterruptedException {
        try {
            return keys.awaitNews(run.task()) ? callOnce(run, granted) : Reply.withoutCall(tooLate(run.task()));
        } finally {
            granted.key().wipe();
        }
    }

    /** A deletion ends the call: from there on, what was asked so far counts for nothing. */
    private Reply callOnce(Run run, KeyGrant.Granted granted) throws InterruptedException {
        var credential = run.task().getCredential();
        return credential == null
                ? callUnlessRevoked(run, granted)
                : calls.running()
                        .run(new EndedBy.Deletion(credential.getCredentialId()), () -> callUnlessRevoked(run, granted))
                        .orElseGet(() -> deletedMeanwhile(granted));
    }

    /** Looked at again, now that a deletion would be heard of: none falls between this look and the call. */
    private Reply callUnlessRevoked(Run run, KeyGrant.Granted granted) throws InterruptedException {
        var task = run.task();
        var revoked = keys.revoked(task);
        if (revoked.isPresent()) {
            return Reply.withoutCall(unusable(task, revoked.get()));
        }
        var patience = patience(task);
        return patience.isZero() ? Reply.withoutCall(tooLate(task)) : call(run, granted, patience);
    }

    private Reply call(Run run, KeyGrant.Granted granted, Duration patience) throws InterruptedException {
        var task = run.task();
        var model = new ChatCall.Model(task.getProvider(), task.getModelName(), task.getBaseUrl());
        var conversation = new Conversation(run.messages(), run.steps(), toolbox.offers(run.agent()));
        var question = new ChatCall(model, conversation, granted.key(), patience);
        var outcome = ask(question, task);
        var wanted = outcome instanceof CallOutcome.Answered answered ? answered.calls() : List.<ToolCall>of();
        return new Reply(Outcomes.event(outcome), wanted, granted.maskedKey());
    }

    /** Not everybody who speaks a named provider's protocol streams, or tells what a streamed answer took: those are heard whole. */
    private CallOutcome ask(ChatCall question, AgentTask task) throws InterruptedException {
        return task.getBaseUrl() == null
                ? calls.provider().call(question, calls.hearers().of(task))
                : calls.provider().call(question);
    }

    private static Reply deletedMeanwhile(KeyGrant.Granted granted) {
        return new Reply(new CredentialUnusable(DELETED_MEANWHILE, true), List.of(), granted.maskedKey());
    }

    private boolean isCancelled(AgentTask task) {
        return calls.cancellations().contain(EndedBy.Cancellation.of(task));
    }

    /** Whoever reads this may not have heard of the deletion yet. */
    private CredentialUnusable unusable(AgentTask task, String reason) {
        return new CredentialUnusable(reason, keys.isDeleted(task));
    }

    /** Zero once the deadline has passed. */
    private Duration patience(AgentTask task) {
        var left = Duration.between(timing.clock().instant(), task.getDeadline());
        if (!left.isPositive()) {
            return Duration.ZERO;
        }
        return left.compareTo(timing.longestCall()) < 0 ? left : timing.longestCall();
    }

    private static DeadlinePassed tooLate(AgentTask task) {
        return new DeadlinePassed(task.getDeadline());
    }

    private AgentResult result(AgentTask task, Ending ending, Instant startedAt) {
        return AgentResult.newBuilder()
                .setTaskId(task.getTaskId())
                .setPromptId(task.getPromptId())
                .setUserId(task.getUserId())
                .setAttempt(task.getAttempt())
                .setOutcome(ending.outcome())
                .setMaskedKey(ending.maskedKey())
                .setUnfinished(ending.unfinished())
                .setCancelled(ending.outcome().equals(CANCELLED))
                .setSteps(ending.steps())
                .setPendingCalls(ending.pending())
                .setStartedAt(startedAt)
                .setFinishedAt(timing.clock().instant())
                .build();
    }
}
