package dev.latchkey.router.usage;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question to a model that was answered.
 *
 * @param credentialId whose key paid; null for the system's
 */
public record AnsweredCall(UUID userId, @Nullable UUID credentialId, ModelId model, Tokens tokens, Instant at) {
    /** What the question of a task took. Counts that are none are as good as unknown. */
    public static AnsweredCall of(AgentTask task, AnswerGiven answer, Instant at) {
        var credential = task.getCredential();
        return new AnsweredCall(
                task.getUserId(),
                credential == null ? null : credential.getCredentialId(),
                new ModelId(task.getProvider(), task.getModelName()),
                new Tokens(count(answer.getPromptTokens()), count(answer.getCompletionTokens())),
                at);
    }

    LocalDate day() {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static @Nullable Long count(@Nullable Long tokens) {
        return tokens == null || tokens < 0 ? null : tokens;
    }
}
