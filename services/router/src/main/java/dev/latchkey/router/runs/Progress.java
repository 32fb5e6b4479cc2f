package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Receipt;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import java.time.Instant;
import java.util.Optional;

/** Writes down how a run goes on. */
final class Progress {
    private Progress() {}

    static AgentRun accepted(PromptSubmitted prompt, Instant now) {
        return AgentRun.newBuilder()
                .setPromptId(prompt.getPromptId())
                .setUserId(prompt.getUserId())
                .setAgent(prompt.getAgent())
                .setStatus(RunStatus.RUNNING)
                .setSubmittedAt(prompt.getSubmittedAt())
                .setUpdatedAt(now)
                .build();
    }

    static AgentRun running(AgentRun before, AgentTask task, Instant now) {
        return moved(before, RunStatus.RUNNING, now)
                .setReceipt(receipt(before, task))
                .build();
    }

    static AgentRun retrying(AgentRun before, String message, Instant now) {
        return moved(before, RunStatus.RETRYING, now).setMessage(message).build();
    }

    static AgentRun answered(AgentRun before, Outcome.Answered answered, Instant now) {
        var answer = answered.answer();
        var receipt = Receipt.newBuilder(before.getReceipt())
                .setPromptTokens(answer.getPromptTokens())
                .setCompletionTokens(answer.getCompletionTokens());
        Optional.ofNullable(answer.getModelName()).ifPresent(receipt::setModelName);
        return moved(before, RunStatus.ANSWERED, now)
                .setAnswer(answered.sealedAnswer() == null ? answer.getText() : null)
                .setSealedAnswer(answered.sealedAnswer())
                .setReceipt(receipt.build())
                .build();
    }

    static AgentRun refused(AgentRun before, RunReason reason, String message, Instant now) {
        return moved(before, RunStatus.REFUSED, now)
                .setReason(reason)
                .setMessage(message)
                .build();
    }

    /** What the run had so far stays: its attempts, and the key that they ran on. */
    static AgentRun deleted(AgentRun before, Instant now) {
        var message = "The credential was deleted before there was an answer.";
        return refused(before, RunReason.CREDENTIAL_INACTIVE, message, now);
    }

    static AgentRun failed(AgentRun before, RunReason reason, String message, Instant now) {
        return moved(before, RunStatus.FAILED, now)
                .setReason(reason)
                .setMessage(message)
                .build();
    }

    /** The receipt names the key that the attempt used, once a worker has told. */
    static AgentRun paid(AgentRun run, AgentResult result) {
        return Optional.ofNullable(result.getMaskedKey())
                .map(key ->
                        Receipt.newBuilder(run.getReceipt()).setMaskedKey(key).build())
                .map(receipt -> AgentRun.newBuilder(run).setReceipt(receipt).build())
                .orElse(run);
    }

    private static AgentRun.Builder moved(AgentRun before, RunStatus status, Instant now) {
        return AgentRun.newBuilder(before)
                .setStatus(status)
                .setReason(null)
                .setMessage(null)
                .setUpdatedAt(now);
    }

    private static Receipt receipt(AgentRun before, AgentTask task) {
        return Optional.ofNullable(before.getReceipt())
                .map(Receipt::newBuilder)
                .orElseGet(() -> receiptOf(task))
                .setAttempts(task.getAttempt())
                .build();
    }

    private static Receipt.Builder receiptOf(AgentTask task) {
        return Receipt.newBuilder()
                .setKeyOwner(task.getKeyOwner())
                .setCredentialId(Optional.ofNullable(task.getCredential())
                        .map(CredentialVersion::getCredentialId)
                        .orElse(null))
                .setProvider(task.getProvider())
                .setModelName(task.getModelName());
    }
}
