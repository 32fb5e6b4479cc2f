package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.Receipt;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down which key paid for what: all attempts, and the tokens of all steps. */
final class Receipts {
    private Receipts() {}

    /** One attempt more. */
    static Receipt released(AgentRun before, AgentTask task) {
        var receipt = Optional.ofNullable(before.getReceipt())
                .map(Receipt::newBuilder)
                .orElseGet(() -> begun(task));
        return onKeyOf(task, receipt.setAttempts(receipt.getAttempts() + 1)).build();
    }

    /** The attempt that is under way is that of another task of the same number. */
    static AgentRun replaced(AgentRun run, AgentTask task) {
        return with(run, onKeyOf(task, Receipt.newBuilder(run.getReceipt())));
    }

    private static Receipt.Builder onKeyOf(AgentTask task, Receipt.Builder receipt) {
        if (!Objects.equals(receipt.getCredentialId(), credentialOf(task))) {
            receipt.setCredentialId(credentialOf(task))
                    .setMaskedKey(null)
                    .setProvider(task.getProvider())
                    .setModelName(task.getModelName());
        }
        return receipt.setCredentialRevision(Optional.ofNullable(task.getCredential())
                .map(CredentialVersion::getRevision)
                .orElse(null));
    }

    /** The attempt that is under way was begun once more, by a worker that took the place of a dead one. */
    static AgentRun repeated(AgentRun run, Instant now) {
        var receipt = Receipt.newBuilder(run.getReceipt());
        return AgentRun.newBuilder(with(run, receipt.setAttempts(receipt.getAttempts() + 1)))
                .setUpdatedAt(now)
                .build();
    }

    /** The receipt names the key that the attempt used, once a worker has told. */
    static AgentRun paid(AgentRun run, AgentResult result) {
        return Optional.ofNullable(result.getMaskedKey())
                .map(key -> with(run, Receipt.newBuilder(run.getReceipt()).setMaskedKey(key)))
                .orElse(run);
    }

    /** The question was answered: its tokens are added to those of the steps before. */
    static AgentRun spent(AgentRun run, AnswerGiven answer) {
        var receipt = Receipt.newBuilder(run.getReceipt());
        receipt.setPromptTokens(sum(receipt.getPromptTokens(), answer.getPromptTokens()))
                .setCompletionTokens(sum(receipt.getCompletionTokens(), answer.getCompletionTokens()));
        Optional.ofNullable(answer.getModelName()).ifPresent(receipt::setModelName);
        return with(run, receipt);
    }

    /** What the answered step cost is added to what the steps before it cost; once that is not known, the sum is not. */
    static AgentRun charged(AgentRun run, int step, Optional<BigDecimal> cost, String currency) {
        var before = step == 1
                ? Optional.of(BigDecimal.ZERO)
                : Optional.ofNullable(run.getReceipt().getCost());
        var sum = cost.flatMap(charge -> before.map(charge::add)).orElse(null);
        return with(
                run, Receipt.newBuilder(run.getReceipt()).setCost(sum).setCostCurrency(sum == null ? null : currency));
    }

    /** As far as providers told. */
    static long tokens(AgentRun run) {
        var receipt = run.getReceipt();
        return orZero(receipt.getPromptTokens()) + orZero(receipt.getCompletionTokens());
    }

    private static @Nullable UUID credentialOf(AgentTask task) {
        return task.getCredential() == null ? null : task.getCredential().getCredentialId();
    }

    private static @Nullable Long sum(@Nullable Long before, @Nullable Long more) {
        return before == null ? more : Long.valueOf(before + orZero(more));
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static AgentRun with(AgentRun run, Receipt.Builder receipt) {
        return AgentRun.newBuilder(run).setReceipt(receipt.build()).build();
    }

    private static Receipt.Builder begun(AgentTask task) {
        return Receipt.newBuilder()
                .setKeyOwner(task.getKeyOwner())
                .setCredentialId(credentialOf(task))
                .setProvider(task.getProvider())
                .setModelName(task.getModelName())
                .setAttempts(0);
    }
}
