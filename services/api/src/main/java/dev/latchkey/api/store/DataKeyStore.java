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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The wrapped data keys in PostgreSQL. Every change leaves its event in the outbox, in the same transaction. */
public final class DataKeyStore {
    /** What became of a new data key. */
    public sealed interface Kept {
        /** The user has this one, which is the new one or one that was there before. */
        record Present(UserDataKey dataKey, boolean isNew) implements Kept {}

        /** It was wrapped under a version of the master key that opens nothing any more: another has to be made. */
        record Outdated() implements Kept {}
    }

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
            if (present.isPresent()) {
                return new Kept.Present(present.get(), false);
            }
            return new SealingFloor(sql).isAbove(made.encryptionKeyId(), made.ciphertext())
                    ? new Kept.Outdated()
                    : new Kept.Present(insert(sql, userId, made), true);
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

    static UserDataKey read(ResultSet row) throws SQLException {
        return new UserDataKey(
                row.getObject("user_id", UUID.class),
                row.getObject("key_id", UUID.class),
                new WrappedKey(row.getString("wrapped_key"), row.getString("encryption_key_id")),
                Objects.requireNonNull(Sql.instant(row, "changed_at")));
    }
}
