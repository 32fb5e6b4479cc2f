package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.postgres.Batch;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.api.rewrap.SealedCredentials;
import dev.latchkey.events.CredentialChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Active credentials in PostgreSQL by the version that the ciphertexts of one master key name. */
public final class CredentialsByVersion implements SealedCredentials {
    private static final String ACTOR = "rotator";

    /** The same version as {@link dev.latchkey.sealing.SealedKey#versionOf}. */
    private static final String BELOW = """
             FROM user_llm_credentials
            WHERE is_active AND encryption_key_id = ?
                AND coalesce(substring(encrypted_api_key FROM '^[a-z]+:v(\\d{1,9}):')::integer, 0) < ?""";

    private static final String REPLACE = """
            UPDATE user_llm_credentials SET encrypted_api_key = ?, key_fingerprint = ?, revision = ?, updated_at = ?
            WHERE id = ?""";

    private final Database database;
    private final Turns turns;
    private final String encryptionKeyId;

    public CredentialsByVersion(Database database, Clerk clerk, String encryptionKeyId) {
        this.database = database;
        this.turns = new Turns(clerk);
        this.encryptionKeyId = encryptionKeyId;
    }

    @Override
    public long countBelow(int version) {
        return database.inTransaction(
                        sql -> sql.first("SELECT count(*)" + BELOW, row -> row.getLong(1), encryptionKeyId, version))
                .orElseThrow();
    }

    @Override
    public List<Credential> below(int version, UUID after, int limit) {
        return database.inTransaction(sql -> sql.list(
                "SELECT *" + BELOW + " AND id > ? ORDER BY id LIMIT ?",
                CredentialTable::read,
                encryptionKeyId,
                version,
                after,
                limit));
    }

    @Override
    public Replaced replace(String requestId, List<Replacement> replacements) {
        return database.inTransaction(sql -> {
            try (var batch = new Batch(sql)) {
                var taken = Turn.takeAll(sql, batch, owners(replacements), turns);
                var current = current(sql, replacements);
                int replaced = 0;
                for (var replacement : replacements) {
                    var credential = current.get(replacement.read().id());
                    if (credential != null
                            && credential.key().equals(replacement.read().key())) {
                        var turn = Objects.requireNonNull(taken.get(credential.userId()));
                        var after = credential.rewrapped(replacement.anew(), turn.nextRevision());
                        write(batch, after);
                        turn.changed(Deed.done(act(after, requestId), CredentialChange.REWRAPPED), after);
                        replaced++;
                    }
                }
                batch.send();
                return new Replaced(replaced, newestEvent(sql));
            }
        });
    }

    @Override
    public void acceptNoneBelow(int version) {
        database.inTransaction(sql -> {
            new SealingFloor(sql).raise(encryptionKeyId, version);
            return true;
        });
    }

    private static Set<UUID> owners(List<Replacement> replacements) {
        return replacements.stream()
                .map(replacement -> replacement.read().userId())
                .collect(Collectors.toSet());
    }

    /** As they are now that their owners can change nothing. */
    private static Map<UUID, Credential> current(Sql sql, List<Replacement> replacements) throws SQLException {
        var ids = replacements.stream()
                .map(replacement -> replacement.read().id())
                .toList();
        return sql
                .list("SELECT * FROM user_llm_credentials WHERE id = ANY(?::uuid[])", CredentialTable::read, (Object)
                        Sql.texts(ids))
                .stream()
                .collect(Collectors.toMap(Credential::id, Function.identity()));
    }

    private static void write(Batch batch, Credential after) throws SQLException {
        batch.run(
                REPLACE,
                after.key().ciphertext(),
                after.key().fingerprint(),
                after.standing().revision(),
                after.times().updatedAt(),
                after.id());
    }

    private static Act act(Credential credential, String requestId) {
        return new Act(credential.userId(), ACTOR, requestId);
    }

    private static long newestEvent(Sql sql) throws SQLException {
        return sql.first("SELECT coalesce(max(id), 0) FROM outbox", row -> row.getLong(1))
                .orElseThrow();
    }
}
