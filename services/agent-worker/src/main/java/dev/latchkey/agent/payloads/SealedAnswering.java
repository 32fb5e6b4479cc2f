package dev.latchkey.agent.payloads;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.Message;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.PayloadSealer;
import dev.latchkey.sealing.SealedField;
import dev.latchkey.sealing.SealedPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Has sealed prompts answered like all others, and seals their answers: outside of this worker neither is readable. Nobody
 * is answered who was forgotten, on whichever key.
 */
public final class SealedAnswering implements Answerer {
    private static final RequestRefused FORGOTTEN = new RequestRefused(SealedMessages.FORGOTTEN, true);

    private final Answerer answerer;
    private final SealedMessages sealedMessages;
    private final PayloadSealer sealer;
    private final InstantSource clock;

    public SealedAnswering(
            Answerer answerer, SealedMessages sealedMessages, PayloadSealer sealer, InstantSource clock) {
        this.answerer = answerer;
        this.sealedMessages = sealedMessages;
        this.sealer = sealer;
        this.clock = clock;
    }

    @Override
    public AgentResult answer(AgentTask task) throws InterruptedException {
        return task.getSealedMessages() == null ? answerPlain(task) : answerSealed(task);
    }

    /** The system's key is not gone with the user. */
    private AgentResult answerPlain(AgentTask task) throws InterruptedException {
        var startedAt = clock.instant();
        if (!sealedMessages.awaitNews(task)) {
            return withoutCall(task, new DeadlinePassed(task.getDeadline()), startedAt);
        }
        if (isForgotten(task)) {
            return withoutCall(task, FORGOTTEN, startedAt);
        }
        var result = answerer.answer(task);
        return result.getOutcome() instanceof AnswerGiven && isForgotten(task) ? thrownAway(result) : result;
    }

    private AgentResult answerSealed(AgentTask task) throws InterruptedException {
        var startedAt = clock.instant();
        return switch (sealedMessages.read(task)) {
            case Reading.Opened(var messages, var key) -> answer(task, messages, key);
            case Reading.Unreadable(var reason) -> withoutCall(task, new RequestRefused(reason, true), startedAt);
            case Reading.TooLate() -> withoutCall(task, new DeadlinePassed(task.getDeadline()), startedAt);
        };
    }

    private AgentResult answer(AgentTask task, List<Message> messages, DataKey key) throws InterruptedException {
        try {
            var result = answerer.answer(AgentTask.newBuilder(task)
                    .setMessages(messages)
                    .setSealedMessages(null)
                    .build());
            return result.getOutcome() instanceof AnswerGiven answer ? sealed(result, answer, task, key) : result;
        } finally {
            key.wipe();
        }
    }

    private AgentResult sealed(AgentResult result, AnswerGiven answer, AgentTask task, DataKey key) {
        if (isForgotten(task)) {
            return thrownAway(result);
        }
        return AgentResult.newBuilder(result)
                .setOutcome(AnswerGiven.newBuilder(answer).setText("").build())
                .setSealedAnswer(seal(answer.getText(), task, key))
                .build();
    }

    private boolean isForgotten(AgentTask task) {
        return sealedMessages.isForgotten(task.getUserId());
    }

    /** The user was forgotten while the answer was given. */
    private static AgentResult thrownAway(AgentResult result) {
        return AgentResult.newBuilder(result).setOutcome(FORGOTTEN).build();
    }

    private ByteBuffer seal(String text, AgentTask task, DataKey key) {
        var field = new SealedField(task.getUserId(), task.getPromptId(), SealedField.Name.PROMPT_ANSWER);
        return sealer.seal(text.getBytes(StandardCharsets.UTF_8), new PayloadSealer.Under(keyId(task), key), field);
    }

    /** They have opened, so they are in the format. */
    private static UUID keyId(AgentTask task) {
        return SealedPayload.parse(task.getSealedMessages()).orElseThrow().keyId();
    }

    private AgentResult withoutCall(AgentTask task, Object outcome, Instant startedAt) {
        return AgentResult.newBuilder()
                .setTaskId(task.getTaskId())
                .setPromptId(task.getPromptId())
                .setUserId(task.getUserId())
                .setAttempt(task.getAttempt())
                .setOutcome(outcome)
                .setStartedAt(startedAt)
                .setFinishedAt(clock.instant())
                .build();
    }
}
