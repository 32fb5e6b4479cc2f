package dev.latchkey.router.runs;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import dev.latchkey.events.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes down how a run goes on. */
final class Progress {
    private Progress() {}

    static AgentRun accepted(PromptSubmitted prompt, int mostSteps, Instant now) {
        return accepted(RunId.of(prompt), mostSteps, now)
                .setAgent(prompt.getAgent())
                .setSubmittedAt(prompt.getSubmittedAt())
                .build();
    }

    static AgentRun accepted(AgentTask task, int mostSteps, Instant now) {
        return accepted(RunId.of(task), mostSteps, now)
                .setAgent(task.getAgent())
                .setSubmittedAt(Optional.ofNullable(task.getSubmittedAt()).orElse(task.getRoutedAt()))
                .build();
    }

    private static AgentRun.Builder accepted(RunId id, int mostSteps, Instant now) {
        return AgentRun.newBuilder()
                .setPromptId(id.promptId())
                .setUserId(id.userId())
                .setStatus(RunStatus.RUNNING)
                .setState(RunState.ACCEPTED)
                .setMostSteps(mostSteps)
                .setUpdatedAt(now);
    }

    /** Everything was decided; its next task waits for its turn. */
    static AgentRun acceptedAgain(AgentRun before, Instant now) {
        return moved(before, RunState.ACCEPTED, now).build();
    }

    static AgentRun running(AgentRun before, AgentTask task, Instant now) {
        return moved(before, RunState.RUNNING, now)
                .setStep(task.getStep())
                .setReceipt(Receipts.released(before, task))
                .build();
    }

    static AgentRun retrying(AgentRun before, String message, Instant now) {
        return moved(before, RunState.RETRYING, now).setMessage(message).build();
    }

    static AgentRun undecided(AgentRun before, List<ToolCall> pending, Instant now) {
        return moved(before, RunState.WAITING_FOR_APPROVAL, now)
                .setPendingCalls(pending)
                .build();
    }

    static AgentRun answered(AgentRun before, Outcome.Answered answered, Instant now) {
        return moved(before, RunState.ANSWERED, now)
                .setAnswer(answered.sealedAnswer() == null ? answered.answer().getText() : null)
                .setSealedAnswer(answered.sealedAnswer())
                .build();
    }

    static AgentRun refused(AgentRun before, RunReason reason, String message, Instant now) {
        return ended(before, RunState.REFUSED, reason, now).setMessage(message).build();
    }

    static AgentRun failed(AgentRun before, RunReason reason, String message, Instant now) {
        return ended(before, RunState.FAILED, reason, now).setMessage(message).build();
    }

    static AgentRun cancelled(AgentRun before, Instant now) {
        return ended(before, RunState.CANCELLED, RunReason.CANCELLED, now)
                .setMessage("The run was cancelled.")
                .build();
    }

    /** What the run had so far stays: its attempts, and the key that they ran on. */
    static AgentRun deleted(AgentRun before, Instant now) {
        var message = "The credential was deleted before there was an answer.";
        return refused(before, RunReason.CREDENTIAL_INACTIVE, message, now);
    }

    private static AgentRun.Builder ended(AgentRun before, RunState state, RunReason reason, Instant now) {
        return moved(before, state, now).setReason(reason);
    }

    private static AgentRun.Builder moved(AgentRun before, RunState state, Instant now) {
        return AgentRun.newBuilder(before)
                .setState(state)
                .setStatus(statusOf(state))
                .setReason(null)
                .setMessage(null)
                .setPendingCalls(List.of())
                .setUpdatedAt(now);
    }

    /** The word of version 0.1 for where a run stands. */
    private static RunStatus statusOf(RunState state) {
        return switch (state) {
            case UNKNOWN, ACCEPTED, RUNNING, WAITING_FOR_APPROVAL -> RunStatus.RUNNING;
            case RETRYING -> RunStatus.RETRYING;
            case ANSWERED -> RunStatus.ANSWERED;
            case REFUSED -> RunStatus.REFUSED;
            case FAILED, CANCELLED -> RunStatus.FAILED;
        };
    }
}
