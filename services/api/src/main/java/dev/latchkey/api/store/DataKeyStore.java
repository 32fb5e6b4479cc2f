package dev.latchkey.api.store;

import dev.latchkey.api.credentials.ForgottenUser;
import dev.latchkey.api.credentials.UserDataKey;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.WrappedKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The wrapped data keys in PostgreSQL. Every change leaves its event in the outbox, in the same transaction. */
public final class DataKeyStore {
    /** What became of a new data key. */
    public record Kept(UserDataKey dataKey, boolean isNew) {}

    private final Database database;
    private final Turns turns;
    private final Lane<DataKeyChanged> dataKeys = new Lane<>(Topics.DATA_KEYS);

    public DataKeyStore(Database database, Clerk clerk) {
        this.database = database;
        this.turns = new Turns(clerk);
    }

    /** Throws {@link ForgottenUser} for one. */
    public Optional<UserDataKey> find(UUID userId) {
        return database.inTransaction(sql -> {
            if (isForgotten(sql, userId)) {
                throw new ForgottenUser();
            }
            return find(sql, userId);
        });
    }

    /** Keeps the key, unless the user has one by now: then that is the user's. Throws {@link ForgottenUser} for one. */
    public Kept keep(UUID userId, WrappedKey made) {
        return database.inTransaction(sql -> {
            Turn.take(sql, userId, turns);
            var present = find(sql, userId);
            return present.isPresent() ? new Kept(present.get(), false) : new Kept(insert(sql, userId, made), true);
        });
    }

    /** Keys that are wrapped by an older version of the transit key than this, at most so many. */
    public List<UserDataKey> wrappedBelow(int version, int most) {
        return database.inTransaction(sql -> sql.list("""
                SELECT * FROM user_data_keys
                WHERE wrapped_key IS NOT NULL AND substring(wrapped_key FROM '^vault:v([0-9]+):')::int < ?
                ORDER BY user_id LIMIT ?""", DataKeyStore::read, version, most));
    }

    /** Replaces a wrapped key by the same key wrapped anew; false when it is another one by now, or none. */
    public boolean rewrap(UserDataKey before, WrappedKey anew) {
        return database.inTransaction(sql -> {
            var after = before.rewrapped(anew, turns.clerk().now());
            int updated = sql.update(
                    """
                    UPDATE user_data_keys SET wrapped_key = ?, encryption_key_id = ?, changed_at = ?
                    WHERE user_id = ? AND wrapped_key = ?""",
                    anew.ciphertext(),
                    anew.encryptionKeyId(),
                    after.changedAt(),
                    before.userId(),
                    before.wrapped().ciphertext());
            if (updated == 1) {
                send(sql, after);
            }
            return updated == 1;
        });
    }

    private UserDataKey insert(Sql sql, UUID userId, WrappedKey made) throws SQLException {
        var clerk = turns.clerk();
        var dataKey = new UserDataKey(userId, clerk.nextId(), made, clerk.now());
        sql.update(
                """
                INSERT INTO user_data_keys (user_id, key_id, wrapped_key, encryption_key_id, created_at, changed_at)
                VALUES (?, ?, ?, ?, ?, ?)""",
                userId,
                dataKey.keyId(),
                made.ciphertext(),
                made.encryptionKeyId(),
                dataKey.changedAt(),
                dataKey.changedAt());
        send(sql, dataKey);
        return dataKey;
    }

    private void send(Sql sql, UserDataKey dataKey) throws SQLException {
        dataKeys.send(sql, dataKey.userId(), dataKey.changed(turns.clerk().nextId()));
    }

    private static boolean isForgotten(Sql sql, UUID userId) throws SQLException {
        return sql.first("SELECT 1 FROM users WHERE id = ? AND forgotten_at IS NOT NULL", row -> true, userId)
                .isPresent();
    }

    private static Optional<UserDataKey> find(Sql sql, UUID userId) throws SQLException {
        return sql.first(
                "SELECT * FROM user_data_keys WHERE user_id = ? AND wrapped_key IS NOT NULL",
                DataKeyStore::read,
                userId);
    }

    private static UserDataKey read(ResultSet row) throws SQLException {
        return new UserDataKey(
                row.getObject("user_id", UUID.class),
                row.getObject("key_id", UUID.class),
                new WrappedKey(row.getString("wrapped_key"), row.getString("encryption_key_id")),
                Objects.requireNonNull(Sql.instant(row, "changed_at")));
    }
}
