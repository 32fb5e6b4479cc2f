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
import dev.latchkey.schemas.history.AuditChain;
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
            RETURNING revision, audit_sequence, audit_hash, forgotten_at IS NOT NULL""";

    /** Several users in one order, so that nobody waits for somebody who waits for him. */
    private static final String TAKE_ALL = """
            SELECT revision, audit_sequence, audit_hash, forgotten_at IS NOT NULL, id
            FROM users WHERE id = ANY(?::uuid[]) ORDER BY id FOR UPDATE""";

    /**
     * Where the user's credentials and history stand.
     *
     * @param hash of the last entry; null before the first
     */
    private record Head(
            long revision, long sequence, @Nullable String hash, boolean isForgotten) {
        static Head read(ResultSet row) throws SQLException {
            return new Head(row.getLong(1), row.getLong(2), row.getString(3), row.getBoolean(4));
        }

        Head after(CredentialAudited entry) {
            return new Head(entry.getRevision(), entry.getSequence(), entry.getHash(), isForgotten);
        }
    }

    private final Statements statements;
    private final UUID userId;
    private final Turns turns;
    private Head head;

    private Turn(Statements statements, UUID userId, Turns turns, Head head) {
        this.statements = statements;
        this.userId = userId;
        this.turns = turns;
        this.head = head;
    }

    /** Throws {@link ForgottenUser} for one. */
    static Turn take(Sql sql, UUID userId, Turns turns) throws SQLException {
        var turn = takeAnyway(sql, userId, turns);
        if (turn.head.isForgotten()) {
            throw new ForgottenUser();
        }
        return turn;
    }

    static Turn takeAnyway(Sql sql, UUID userId, Turns turns) throws SQLException {
        var head = sql.first(TAKE, Head::read, userId).orElseThrow();
        return new Turn(sql, userId, turns, head);
    }

    /** The turns of users that are known, whose changes are sent with a batch. */
    static Map<UUID, Turn> takeAll(Sql sql, Batch batch, Set<UUID> userIds, Turns turns) throws SQLException {
        var taken =
                sql.list(TAKE_ALL, row -> new Turn(batch, row.getObject(5, UUID.class), turns, Head.read(row)), (Object)
                        Sql.texts(userIds));
        return taken.stream().collect(Collectors.toMap(turn -> turn.userId, Function.identity()));
    }

    Revision nextRevision() {
        return new Revision(head.revision() + 1, turns.clerk().now());
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
        var stamp = stamp(new Revision(head.revision(), turns.clerk().now()));
        record(CredentialEvents.tried(stamp, deed, id, untouched));
    }

    private Stamp stamp(Revision revision) {
        return new Stamp(turns.clerk().nextId(), head.sequence() + 1, revision);
    }

    private void record(CredentialAudited deed) throws SQLException {
        var entry = AuditChain.append(deed, head.hash());
        turns.audit().send(statements, userId, entry);
        statements.run(
                "UPDATE users SET revision = ?, audit_sequence = ?, audit_hash = ? WHERE id = ?",
                entry.getRevision(),
                entry.getSequence(),
                entry.getHash(),
                userId);
        head = head.after(entry);
    }
}
