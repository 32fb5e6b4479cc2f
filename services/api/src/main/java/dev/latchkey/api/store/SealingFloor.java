package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Sql;
import dev.latchkey.sealing.SealedKey;
import java.sql.SQLException;

/** Keeps keys out that were sealed just before a rotation and come to be stored after everything was sealed anew. */
record SealingFloor(Sql sql) {
    /** Reading it keeps the floor where it is until the transaction ends. */
    boolean isAbove(String encryptionKeyId, String ciphertext) throws SQLException {
        return sql.first(
                        "SELECT version FROM sealing_floor WHERE encryption_key_id = ?",
                        row -> row.getInt(1),
                        encryptionKeyId)
                .filter(floor -> SealedKey.versionOf(ciphertext) < floor)
                .isPresent();
    }

    /** Returns once every transaction has ended that found it lower. It never sinks. */
    void raise(String encryptionKeyId, int version) throws SQLException {
        sql.update("LOCK TABLE sealing_floor IN ACCESS EXCLUSIVE MODE");
        sql.update("""
                INSERT INTO sealing_floor (encryption_key_id, version) VALUES (?, ?)
                ON CONFLICT (encryption_key_id) DO UPDATE SET version = greatest(sealing_floor.version, excluded.version)""", encryptionKeyId, version);
    }
}
