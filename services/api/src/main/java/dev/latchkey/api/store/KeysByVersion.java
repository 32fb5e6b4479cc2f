package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Batch;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.api.rewrap.SealedKeys;
import dev.latchkey.sealing.Fingerprints;
import dev.latchkey.sealing.MasterKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keys in PostgreSQL by the version that their ciphertexts name, for one kind of keys and their master key. */
public final class KeysByVersion implements SealedKeys {
    /** What is different about keys of one kind. */
    interface Kind {
        /** All that are kept: id, user_id, ciphertext and encryption_key_id. */
        String kept();

        String context(UUID userId, UUID id);

        /** Everything that has to be known before the transaction. */
        Writing prepare(String requestId, List<Replacement> replacements);
    }

    /** Writes what still fits, in a transaction in which it is the turn of all owners; says how many that were. */
    @FunctionalInterface
    interface Writing {
        int write(Sql sql, Batch batch, Map<UUID, Turn> turns) throws SQLException;
    }

    /** The same version as {@link dev.latchkey.sealing.SealedKey#versionOf}. */
    private static final String BELOW = """
            WHERE encryption_key_id = ?
                AND coalesce(substring(ciphertext FROM '^[a-z]+:v(\\d{1,9}):')::integer, 0) < ?""";

    private final Database database;
    private final Turns turns;
    private final String masterKey;
    private final Kind kind;

    private KeysByVersion(Database database, Turns turns, String masterKey, Kind kind) {
        this.database = database;
        this.turns = turns;
        this.masterKey = masterKey;
        this.kind = kind;
    }

    /** The API keys of active credentials. */
    public static KeysByVersion ofCredentials(
            Database database, Clerk clerk, String masterKey, Fingerprints fingerprints) {
        return new KeysByVersion(database, new Turns(clerk), masterKey, new CredentialKeys(fingerprints));
    }

    /** The data keys of users who were not forgotten. */
    public static KeysByVersion ofDataKeys(Database database, Clerk clerk, String masterKey) {
        return new KeysByVersion(database, new Turns(clerk), masterKey, new DataKeyRows(clerk));
    }

    @Override
    public long countBelow(int version) {
        return database.inTransaction(
                        sql -> sql.first("SELECT count(*)" + keptBelow(), row -> row.getLong(1), masterKey, version))
                .orElseThrow();
    }

    @Override
    public long countElsewhere() {
        return database.inTransaction(sql -> sql.first(
                        "SELECT count(*) FROM (" + kind.kept() + ") AS kept WHERE encryption_key_id <> ?",
                        row -> row.getLong(1),
                        masterKey))
                .orElseThrow();
    }

    @Override
    public List<Stored> below(int version, UUID after, int limit) {
        return database.inTransaction(sql -> sql.list(
                "SELECT *" + keptBelow() + " AND id > ? ORDER BY id LIMIT ?",
                this::read,
                masterKey,
                version,
                after,
                limit));
    }

    @Override
    public Replaced replace(String requestId, List<Replacement> replacements) {
        var writing = kind.prepare(requestId, replacements);
        return database.inTransaction(sql -> {
            try (var batch = new Batch(sql)) {
                int replaced = writing.write(sql, batch, Turn.takeAll(sql, batch, owners(replacements), turns));
                batch.send();
                return new Replaced(replaced, newestEvent(sql));
            }
        });
    }

    @Override
    public void acceptNoneBelow(int version) {
        database.inTransaction(sql -> {
            new SealingFloor(sql).raise(masterKey, version);
            return true;
        });
    }

    private String keptBelow() {
        return " FROM (" + kind.kept() + ") AS kept " + BELOW;
    }

    private Stored read(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var userId = row.getObject("user_id", UUID.class);
        return new Stored(id, userId, new MasterKey.Sealed(row.getString("ciphertext"), kind.context(userId, id)));
    }

    private static Set<UUID> owners(List<Replacement> replacements) {
        return replacements.stream()
                .map(replacement -> replacement.read().userId())
                .collect(Collectors.toSet());
    }

    private static long newestEvent(Sql sql) throws SQLException {
        return sql.first("SELECT coalesce(max(id), 0) FROM outbox", row -> row.getLong(1))
                .orElseThrow();
    }
}
