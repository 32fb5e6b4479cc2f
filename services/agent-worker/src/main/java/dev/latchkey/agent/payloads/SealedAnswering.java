package dev.latchkey.agent.payloads;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
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
import java.util.function.Function;

/**
 * Has sealed prompts answered like all others, and seals their answers and steps: outside of this worker none of them is
 * readable. Nobody is answered who was forgotten, on whichever key.
 */
public final class SealedAnswering implements Answerer {
    private static final RequestRefused FORGOTTEN = new RequestRefused(SealedMessages.FORGOTTEN, true);

    private final Answerers answerers;
    private final SealedMessages sealedMessages;
    private final Sealing sealing;
    private final InstantSource clock;

    /**
     * How results are sealed.
     *
     * @param format of steps, to be sealed
     */
    public record Sealing(PayloadSealer sealer, Function<List<StepMade>, byte[]> format) {}

    /**
     * Who answers.
     *
     * @param sealed what came sealed; tells nobody of an answer before it is sealed
     */
    public record Answerers(Answerer plain, Answerer sealed) {}

    public SealedAnswering(Answerers answerers, SealedMessages sealedMessages, Sealing sealing, InstantSource clock) {
        this.answerers = answerers;
        this.sealedMessages = sealedMessages;
        this.sealing = sealing;
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
        var result = answerers.plain().answer(task);
        return result.getOutcome() instanceof AnswerGiven && isForgotten(task) ? thrownAway(result) : result;
    }

    private AgentResult answerSealed(AgentTask task) throws InterruptedException {
        var startedAt = clock.instant();
        return switch (sealedMessages.read(task)) {
            case Reading.Opened opened -> answer(task, opened);
            case Reading.Unreadable(var reason) -> withoutCall(task, new RequestRefused(reason, true), startedAt);
            case Reading.TooLate() -> withoutCall(task, new DeadlinePassed(task.getDeadline()), startedAt);
        };
    }

    private AgentResult answer(AgentTask task, Reading.Opened opened) throws InterruptedException {
        try {
            var result = answerers
                    .sealed()
                    .answer(AgentTask.newBuilder(task)
                            .setMessages(opened.messages())
                            .setSealedMessages(null)
                            .setSteps(opened.steps())
                            .setSealedSteps(null)
                            .build());
            return isForgotten(task) ? thrownAway(result) : sealed(result, task, opened.key());
        } finally {
            opened.key().wipe();
        }
    }

    private AgentResult sealed(AgentResult result, AgentTask task, DataKey key) {
        var sealed = AgentResult.newBuilder(result)
                .setSteps(List.of())
                .setPendingCalls(withoutArguments(result.getPendingCalls()));
        if (!result.getSteps().isEmpty()) {
            byte[] steps = sealing.format().apply(result.getSteps());
            sealed.setSealedSteps(seal(steps, SealedField.Name.PROMPT_STEPS, task, key));
        }
        if (result.getOutcome() instanceof AnswerGiven answer) {
            sealed.setOutcome(AnswerGiven.newBuilder(answer).setText("").build());
            if (!result.getUnfinished()) {
                byte[] text = answer.getText().getBytes(StandardCharsets.UTF_8);
                sealed.setSealedAnswer(seal(text, SealedField.Name.PROMPT_ANSWER, task, key));
            }
        }
        return sealed.build();
    }

    private static List<ToolCall> withoutArguments(List<ToolCall> calls) {
        return calls.stream()
                .map(call -> new ToolCall(call.getCallId(), call.getTool(), "", null))
                .toList();
    }

    private boolean isForgotten(AgentTask task) {
        return sealedMessages.isForgotten(task.getUserId());
    }

    /** The user was forgotten while the answer was given. */
    private static AgentResult thrownAway(AgentResult result) {
        return AgentResult.newBuilder(result)
                .setOutcome(FORGOTTEN)
                .setUnfinished(false)
                .setSteps(List.of())
                .setPendingCalls(List.of())
                .build();
    }

    private ByteBuffer seal(byte[] plaintext, SealedField.Name name, AgentTask task, DataKey key) {
        var field = new SealedField(task.getUserId(), task.getPromptId(), name);
        return sealing.sealer().seal(plaintext, new PayloadSealer.Under(keyId(task), key), field);
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
                .setSteps(task.getSteps())
                .setSealedSteps(task.getSealedSteps())
                .setStartedAt(startedAt)
                .setFinishedAt(clock.instant())
                .build();
    }
}
