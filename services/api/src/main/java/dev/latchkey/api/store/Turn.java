package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.CredentialEvents;
import dev.latchkey.api.credentials.CredentialEvents.Stamp;
import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.credentials.ForgottenUser;
import dev.latchkey.api.credentials.Revision;
import dev.latchkey.api.postgres.Batch;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.api.postgres.Statements;
import dev.latchkey.events.CredentialAudited;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A user's turn to change something: from here to the end of the transaction nobody else changes anything of this
 * user's, so that revisions, history and outbox are in the order of the commits.
 */
final class Turn {
    /** Makes the user's row if there is none, locks it either way. */
    private static final String TAKE = """
            INSERT INTO users (id) VALUES (?)
            ON CONFLICT (id) DO UPDATE SET id = excluded.id
            RETURNING revision, audit_sequence, forgotten_at IS NOT NULL""";

    /** Several users in one order, so that nobody waits for somebody who waits for him. */
    private static final String TAKE_ALL = """
            SELECT revision, audit_sequence, forgotten_at IS NOT NULL, id
            FROM users WHERE id = ANY(?::uuid[]) ORDER BY id FOR UPDATE""";

    private record Numbers(long revision, long sequence, boolean isForgotten) {
        static Numbers read(ResultSet row) throws SQLException {
            return new Numbers(row.getLong(1), row.getLong(2), row.getBoolean(3));
        }

        Numbers after(CredentialAudited entry) {
            return new Numbers(entry.getRevision(), entry.getSequence(), isForgotten);
        }
    }

    private final Statements statements;
    private final UUID userId;
    private final Turns turns;
    private Numbers numbers;

    private Turn(Statements statements, UUID userId, Turns turns, Numbers numbers) {
        this.statements = statements;
        this.userId = userId;
        this.turns = turns;
        this.numbers = numbers;
    }

    /** Throws {@link ForgottenUser} for one. */
    static Turn take(Sql sql, UUID userId, Turns turns) throws SQLException {
        var turn = takeAnyway(sql, userId, turns);
        if (turn.numbers.isForgotten()) {
            throw new ForgottenUser();
        }
        return turn;
    }

    static Turn takeAnyway(Sql sql, UUID userId, Turns turns) throws SQLException {
        var numbers = sql.first(TAKE, Numbers::read, userId).orElseThrow();
        return new Turn(sql, userId, turns, numbers);
    }

    /** The turns of users that are known, whose changes are sent with a batch. */
    static Map<UUID, Turn> takeAll(Sql sql, Batch batch, Set<UUID> userIds, Turns turns) throws SQLException {
        var taken = sql.list(
                TAKE_ALL, row -> new Turn(batch, row.getObject(4, UUID.class), turns, Numbers.read(row)), (Object)
                        Sql.texts(userIds));
        return taken.stream().collect(Collectors.toMap(turn -> turn.userId, Function.identity()));
    }

    Revision nextRevision() {
        return new Revision(numbers.revision() + 1, turns.clerk().now());
    }

    /** The credential was changed at {@link #nextRevision}: tells everybody, and the history. */
    void changed(Deed deed, Credential after) throws SQLException {
        turns.credentials()
                .send(
                        statements,
                        after.id(),
                        CredentialEvents.changed(after, turns.clerk().nextId()));
        var revision = new Revision(after.standing().revision(), after.times().updatedAt());
        record(CredentialEvents.audited(stamp(revision), deed, after));
    }

    /**
     * Something was tried that left all credentials as they are: tells the history.
     *
     * @param id of the credential that was named, whoever's it is; null if none was
     * @param untouched the credential, if the user has it
     */
    void tried(Deed deed, @Nullable UUID id, @Nullable Credential untouched) throws SQLException {
        var stamp = stamp(new Revision(numbers.revision(), turns.clerk().now()));
        record(CredentialEvents.tried(stamp, deed, id, untouched));
    }

    private Stamp stamp(Revision revision) {
        return new Stamp(turns.clerk().nextId(), numbers.sequence() + 1, revision);
    }

    private void record(CredentialAudited entry) throws SQLException {
        turns.audit().send(statements, userId, entry);
        statements.run(
                "UPDATE users SET revision = ?, audit_sequence = ? WHERE id = ?",
                entry.getRevision(),
                entry.getSequence(),
                userId);
        numbers = numbers.after(entry);
    }
}
