package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Prompt;
import dev.latchkey.api.credentials.RunOrder;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunControlled;
import dev.latchkey.schemas.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prompts on their way into the pipeline. Those that the router may have forgotten by now are forgotten here, too. */
public final class PromptStore {
    /** Some of them at a time. Rows that another transaction is about to delete are left to it: nobody waits here. */
    private static final String FORGET = """
            DELETE FROM submitted_prompts WHERE (user_id, prompt_id) IN (
                SELECT user_id, prompt_id FROM submitted_prompts WHERE submitted_at <= ?
                ORDER BY submitted_at LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    private final Database database;
    private final Turns turns;
    private final Duration memory;
    private final Lane<PromptSubmitted> prompts = new Lane<>(Topics.PROMPTS);
    private final Lane<RunControlled> controls = new Lane<>(Topics.RUN_CONTROLS);

    /** @param memory how long the router remembers a run at least, counted from the submission of its prompt */
    public PromptStore(Database database, Clerk clerk, Duration memory) {
        this.database = database;
        this.turns = new Turns(clerk);
        this.memory = memory;
    }

    public UUID nextId() {
        return turns.clerk().nextId();
    }

    public Instant now() {
        return turns.clerk().now();
    }

    /** Publishes the prompt, once, whatever the number of times it is submitted. */
    public Submission submit(UUID userId, Prompt prompt, Epilogue<Submission> epilogue) {
        database.inTransaction(sql -> sql.update(FORGET, forgotten()));
        return database.inTransaction(sql -> {
            Turn.take(sql, userId, turns);
            var submission = submit(sql, userId, prompt);
            epilogue.write(sql, submission);
            return submission;
        });
    }

    /** Whether the prompt was submitted, and so lately that the router can not have forgotten it. */
    public boolean isSubmitted(UUID userId, UUID promptId) {
        return database.inTransaction(sql -> isSubmitted(sql, userId, promptId));
    }

    /** Publishes the order, behind everything that the user did before. */
    public RunOrder order(Act act, RunOrder order, Epilogue<RunOrder> epilogue) {
        return database.inTransaction(sql -> {
            Turn.take(sql, act.userId(), turns);
            var clerk = turns.clerk();
            controls.send(sql, act.userId(), order.controlled(act, clerk.nextId(), clerk.now()));
            epilogue.write(sql, order);
            return order;
        });
    }

    private Submission submit(Sql sql, UUID userId, Prompt prompt) throws SQLException {
        if (isSubmitted(sql, userId, prompt.id())) {
            return new Submission.Accepted();
        }
        var credentials = chosen(sql, userId, prompt.choice());
        if (credentials.size() < named(prompt.choice()).size()) {
            return new Submission.UnknownCredential();
        }
        publish(sql, prompt.submitted(userId, newest(credentials), turns.clerk().now()));
        return new Submission.Accepted();
    }

    private void publish(Sql sql, PromptSubmitted event) throws SQLException {
        sql.update("""
                INSERT INTO submitted_prompts (prompt_id, user_id, submitted_at) VALUES (?, ?, ?)
                ON CONFLICT (user_id, prompt_id) DO UPDATE SET submitted_at = excluded.submitted_at""", event.getPromptId(), event.getUserId(), event.getSubmittedAt());
        prompts.send(sql, event.getUserId(), event);
    }

    private boolean isSubmitted(Sql sql, UUID userId, UUID promptId) throws SQLException {
        return sql.first(
                        "SELECT 1 FROM submitted_prompts WHERE user_id = ? AND prompt_id = ? AND submitted_at > ?",
                        row -> true,
                        userId,
                        promptId,
                        forgotten())
                .isPresent();
    }

    private Instant forgotten() {
        return turns.clerk().now().minus(memory);
    }

    /** Inactive ones as well: whoever routes the prompt must have seen the deletion first. */
    private static List<Credential> chosen(Sql sql, UUID userId, ModelChoice choice) throws SQLException {
        var table = new CredentialTable(sql);
        return switch (choice.getKind()) {
            case USER_DEFAULT -> table.lastDefault(userId).stream().toList();
            case CREDENTIAL -> table.findAll(userId, named(choice));
            case SYSTEM_DEFAULT -> List.of();
        };
    }

    private static List<UUID> named(ModelChoice choice) {
        return choice.getKind() == ModelChoiceKind.CREDENTIAL
                ? Stream.concat(Stream.of(choice.getCredentialId()), choice.getFallbacks().stream())
                        .toList()
                : List.of();
    }

    /** The one that was changed last; null when none was chosen. */
    private static @Nullable CredentialVersion newest(List<Credential> credentials) {
        return credentials.stream()
                .map(credential -> new CredentialVersion(
                        credential.id(), credential.standing().revision()))
                .max(Comparator.comparingLong(CredentialVersion::getRevision))
                .orElse(null);
    }
}
