package dev.latchkey.agent.answering;

import dev.latchkey.agent.credentials.KeyGrant;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.Message;
import dev.latchkey.events.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a task into its result: at most one call, with the key that the task was released with. */
public final class Answering implements Answerer {
    private static final String DELETED_MEANWHILE = "the credential was deleted while its call ran";

    private final Agents agents;
    private final Keys keys;
    private final Provider provider;
    private final RunningCalls running;
    private final Timing timing;

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
     */
    public record Calls(Provider provider, RunningCalls running) {}

    /** What came of a task; the masked key is null when no call was made. */
    private record Ending(Object outcome, @Nullable String maskedKey) {
        static Ending withoutCall(Object outcome) {
            return new Ending(outcome, null);
        }
    }

    public Answering(Agents agents, Keys keys, Calls calls, Timing timing) {
        this.agents = agents;
        this.keys = keys;
        this.provider = calls.provider();
        this.running = calls.running();
        this.timing = timing;
    }

    @Override
    public AgentResult answer(AgentTask task) throws InterruptedException {
        var startedAt = timing.clock().instant();
        var ending = ending(task);
        return result(task, ending, startedAt);
    }

    private Ending ending(AgentTask task) throws InterruptedException {
        if (patience(task).isZero()) {
            return tooLate(task);
        }
        var conversation = agents.brief(task.getAgent(), task.getMessages());
        if (conversation.isEmpty()) {
            return Ending.withoutCall(new RequestRefused("There is no agent of that name.", true));
        }
        return switch (keys.grant(task)) {
            case KeyGrant.Granted granted -> callUnlessLate(task, conversation.get(), granted);
            case KeyGrant.Denied(var reason) -> Ending.withoutCall(unusable(task, reason));
            case KeyGrant.TooLate() -> tooLate(task);
        };
    }

    /** The record of the key's use may have waited for a broker, and what was known before is old. */
    private Ending callUnlessLate(AgentTask task, List<Message> conversation, KeyGrant.Granted granted)
            throws InterruptedException {
        try {
            return keys.awaitNews(task) ? callOnce(task, conversation, granted) : tooLate(task);
        } finally {
            granted.key().wipe();
        }
    }

    /** A deletion ends the call: from there on, what was asked so far counts for nothing. */
    private Ending callOnce(AgentTask task, List<Message> conversation, KeyGrant.Granted granted)
            throws InterruptedException {
        var credential = task.getCredential();
        return credential == null
                ? callUnlessRevoked(task, conversation, granted)
                : running.run(credential.getCredentialId(), () -> callUnlessRevoked(task, conversation, granted))
                        .orElseGet(
                                () -> new Ending(new CredentialUnusable(DELETED_MEANWHILE, true), granted.maskedKey()));
    }

    /** Looked at again, now that a deletion would be heard of: none falls between this look and the call. */
    private Ending callUnlessRevoked(AgentTask task, List<Message> conversation, KeyGrant.Granted granted)
            throws InterruptedException {
        var revoked = keys.revoked(task);
        if (revoked.isPresent()) {
            return Ending.withoutCall(unusable(task, revoked.get()));
        }
        var patience = patience(task);
        return patience.isZero() ? tooLate(task) : call(task, conversation, granted, patience);
    }

    private Ending call(AgentTask task, List<Message> conversation, KeyGrant.Granted granted, Duration patience)
            throws InterruptedException {
        var model = new ChatCall.Model(task.getProvider(), task.getModelName(), task.getBaseUrl());
        var outcome = provider.call(new ChatCall(model, Conversation.of(conversation), granted.key(), patience));
        return new Ending(Outcomes.event(outcome), granted.maskedKey());
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

    private static Ending tooLate(AgentTask task) {
        return Ending.withoutCall(new DeadlinePassed(task.getDeadline()));
    }

    private AgentResult result(AgentTask task, Ending ending, Instant startedAt) {
        return AgentResult.newBuilder()
                .setTaskId(task.getTaskId())
                .setPromptId(task.getPromptId())
                .setUserId(task.getUserId())
                .setAttempt(task.getAttempt())
                .setOutcome(ending.outcome())
                .setMaskedKey(ending.maskedKey())
                .setStartedAt(startedAt)
                .setFinishedAt(timing.clock().instant())
                .build();
    }
}
