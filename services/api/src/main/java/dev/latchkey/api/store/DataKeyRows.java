package dev.latchkey.api.store;

import dev.latchkey.api.credentials.UserDataKey;
import dev.latchkey.api.postgres.Batch;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.api.rewrap.SealedKeys.Replacement;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.WrappedKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The data keys of users who were not forgotten. */
final class DataKeyRows implements KeysByVersion.Kind {
    private final Clerk clerk;
    private final Lane<DataKeyChanged> dataKeys = new Lane<>(Topics.DATA_KEYS);

    DataKeyRows(Clerk clerk) {
        this.clerk = clerk;
    }

    @Override
    public String kept() {
        return "SELECT user_id AS id, user_id, wrapped_key AS ciphertext, encryption_key_id FROM user_data_keys"
                + " WHERE wrapped_key IS NOT NULL";
    }

    @Override
    public String context(UUID userId, UUID id) {
        return WrappedKey.context(userId);
    }

    @Override
    public KeysByVersion.Writing prepare(String requestId, List<Replacement> replacements) {
        return (sql, batch, turns) -> {
            var current = current(sql, replacements);
            int replaced = 0;
            for (var replacement : replacements) {
                var dataKey = current.get(replacement.read().id());
                if (dataKey != null && isAsItWasRead(dataKey, replacement)) {
                    write(batch, dataKey.rewrapped(replacement.anew(), clerk.now()));
                    replaced++;
                }
            }
            return replaced;
        };
    }

    private static boolean isAsItWasRead(UserDataKey dataKey, Replacement replacement) {
        return replacement.read().sealed().ciphertext().equals(dataKey.wrapped().ciphertext());
    }

    /** As they are now that their owners can not be forgotten. */
    private static Map<UUID, UserDataKey> current(Sql sql, List<Replacement> replacements) throws SQLException {
        var ids = replacements.stream()
                .map(replacement -> replacement.read().id())
                .toList();
        return sql
                .list(
                        "SELECT * FROM user_data_keys WHERE user_id = ANY(?::uuid[]) AND wrapped_key IS NOT NULL",
                        DataKeyStore::read,
                        (Object) Sql.texts(ids))
                .stream()
                .collect(Collectors.toMap(UserDataKey::userId, Function.identity()));
    }

    private void write(Batch batch, UserDataKey after) throws SQLException {
        batch.run(
                "UPDATE user_data_keys SET wrapped_key = ?, changed_at = ? WHERE user_id = ?",
                after.wrapped().ciphertext(),
                after.changedAt(),
                after.userId());
        dataKeys.send(batch, after.userId(), after.changed(clerk.nextId()));
    }
}
