package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Prompt;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.schemas.Topics;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Prompts on their way into the pipeline. */
public final class PromptStore {
    private final Database database;
    private final Turns turns;
    private final Lane<PromptSubmitted> prompts = new Lane<>(Topics.PROMPTS);

    public PromptStore(Database database, Clerk clerk) {
        this.database = database;
        this.turns = new Turns(clerk);
    }

    public UUID nextId() {
        return turns.clerk().nextId();
    }

    /** Publishes the prompt, once, whatever the number of times it is submitted. */
    public Submission submit(UUID userId, Prompt prompt, Epilogue<Submission> epilogue) {
        return database.inTransaction(sql -> {
            Turn.take(sql, userId, turns);
            var submission = submit(sql, userId, prompt);
            epilogue.write(sql, submission);
            return submission;
        });
    }

    public boolean isSubmitted(UUID userId, UUID promptId) {
        return database.inTransaction(sql -> submitterOf(sql, promptId))
                .filter(userId::equals)
                .isPresent();
    }

    private Submission submit(Sql sql, UUID userId, Prompt prompt) throws SQLException {
        var submitter = submitterOf(sql, prompt.id());
        if (submitter.isPresent()) {
            return submitter.get().equals(userId) ? new Submission.Accepted() : new Submission.IdTaken();
        }
        var credential = chosen(sql, userId, prompt.choice());
        if (credential == null && prompt.choice().getKind() == ModelChoiceKind.CREDENTIAL) {
            return new Submission.UnknownCredential();
        }
        return publish(
                sql, prompt.submitted(userId, version(credential), turns.clerk().now()));
    }

    private Submission publish(Sql sql, PromptSubmitted event) throws SQLException {
        int inserted = sql.update("""
                INSERT INTO submitted_prompts (prompt_id, user_id, submitted_at) VALUES (?, ?, ?)
                ON CONFLICT (prompt_id) DO NOTHING""", event.getPromptId(), event.getUserId(), event.getSubmittedAt());
        if (inserted == 0) {
            return new Submission.IdTaken();
        }
        prompts.send(sql, event.getUserId(), event);
        return new Submission.Accepted();
    }

    private static Optional<UUID> submitterOf(Sql sql, UUID promptId) throws SQLException {
        return sql.first(
                "SELECT user_id FROM submitted_prompts WHERE prompt_id = ?",
                row -> row.getObject(1, UUID.class),
                promptId);
    }

    /** Inactive ones as well: whoever routes the prompt must have seen the deletion first. */
    private static @Nullable Credential chosen(Sql sql, UUID userId, ModelChoice choice) throws SQLException {
        var table = new CredentialTable(sql);
        return switch (choice.getKind()) {
            case USER_DEFAULT -> table.lastDefault(userId).orElse(null);
            case CREDENTIAL -> table.find(userId, choice.getCredentialId()).orElse(null);
            case SYSTEM_DEFAULT -> null;
        };
    }

    private static @Nullable CredentialVersion version(@Nullable Credential credential) {
        return credential == null
                ? null
                : new CredentialVersion(credential.id(), credential.standing().revision());
    }
}
