package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Catalogue;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.api.credentials.Standing;
import dev.latchkey.api.credentials.StoredKey;
import dev.latchkey.api.credentials.Times;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.schemas.Topics;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code user_llm_credentials}. Nobody finds another user's. */
record CredentialTable(Sql sql) {
    private static final String INSERT = """
            INSERT INTO user_llm_credentials (provider, model_name, base_url,
                encrypted_api_key, encryption_key_id, key_fingerprint, masked_key,
                revision, default_revision, key_revision, is_default, is_active,
                last_validated_at, key_refused_at, created_at, updated_at, id, user_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String UPDATE = """
            UPDATE user_llm_credentials SET provider = ?, model_name = ?, base_url = ?,
                encrypted_api_key = ?, encryption_key_id = ?, key_fingerprint = ?, masked_key = ?,
                revision = ?, default_revision = ?, key_revision = ?, is_default = ?, is_active = ?,
                last_validated_at = ?, key_refused_at = ?, created_at = ?, updated_at = ?
            WHERE id = ? AND user_id = ?""";

    List<Credential> active(UUID userId) throws SQLException {
        return sql.list(
                "SELECT * FROM user_llm_credentials WHERE user_id = ? AND is_active ORDER BY created_at DESC, id DESC",
                CredentialTable::read,
                userId);
    }

    Optional<Credential> find(UUID userId, UUID id) throws SQLException {
        return sql.first(
                "SELECT * FROM user_llm_credentials WHERE id = ? AND user_id = ?", CredentialTable::read, id, userId);
    }

    List<Credential> findAll(UUID userId, List<UUID> ids) throws SQLException {
        return sql.list(
                "SELECT * FROM user_llm_credentials WHERE user_id = ? AND id = ANY(?::uuid[])",
                CredentialTable::read,
                userId,
                Sql.texts(ids));
    }

    /** The credential that was made default last, even if it is not active any more. */
    Optional<Credential> lastDefault(UUID userId) throws SQLException {
        return sql.first("""
                SELECT * FROM user_llm_credentials WHERE user_id = ? AND default_revision > 0
                ORDER BY default_revision DESC LIMIT 1""", CredentialTable::read, userId);
    }

    /** Whether another active credential is for the same provider and model. */
    boolean isTaken(UUID userId, Model model, UUID exceptId) throws SQLException {
        return sql.first("""
                        SELECT 1 FROM user_llm_credentials
                        WHERE user_id = ? AND provider = ? AND model_name = ? AND is_active AND id <> ?""", row -> true, userId, model.provider().wireName(), model.name(), exceptId)
                .isPresent();
    }

    void insert(Credential credential) throws SQLException {
        makeRoomForDefault(credential);
        sql.update(INSERT, values(credential));
    }

    void update(Credential credential) throws SQLException {
        makeRoomForDefault(credential);
        sql.update(UPDATE, values(credential));
    }

    /** Takes the ciphertext out of everything that is kept here: it may also be in an event that Kafka could never take. */
    void wipe(Credential deleted) throws SQLException {
        update(deleted);
        sql.update(
                "DELETE FROM outbox_rejected WHERE topic = ? AND record_key = ?",
                Topics.CREDENTIALS.name(),
                deleted.id().toString());
    }

    private void makeRoomForDefault(Credential credential) throws SQLException {
        if (credential.standing().isDefault()) {
            sql.update(
                    "UPDATE user_llm_credentials SET is_default = false WHERE user_id = ? AND is_default AND id <> ?",
                    credential.userId(),
                    credential.id());
        }
    }

    private static Object[] values(Credential credential) {
        var model = credential.model();
        var key = credential.key();
        var standing = credential.standing();
        var times = credential.times();
        return new Object[] {
            model.provider().wireName(),
            model.name(),
            model.baseUrl(),
            key.ciphertext(),
            key.encryptionKeyId(),
            key.fingerprint(),
            key.masked(),
            standing.revision(),
            standing.defaultRevision(),
            standing.keyRevision(),
            standing.isDefault(),
            standing.isActive(),
            times.lastValidatedAt(),
            times.keyRefusedAt(),
            times.createdAt(),
            times.updatedAt(),
            credential.id(),
            credential.userId()
        };
    }

    static Credential read(ResultSet row) throws SQLException {
        return new Credential(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                model(row),
                key(row),
                standing(row),
                times(row));
    }

    private static Model model(ResultSet row) throws SQLException {
        var baseUrl = row.getString("base_url");
        return new Model(
                Catalogue.provider(row.getString("provider")),
                row.getString("model_name"),
                baseUrl == null ? null : URI.create(baseUrl));
    }

    private static StoredKey key(ResultSet row) throws SQLException {
        return new StoredKey(
                row.getString("encrypted_api_key"),
                row.getString("encryption_key_id"),
                row.getString("masked_key"),
                row.getString("key_fingerprint"));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getLong("revision"),
                row.getLong("default_revision"),
                row.getLong("key_revision"),
                row.getBoolean("is_default"),
                row.getBoolean("is_active"));
    }

    private static Times times(ResultSet row) throws SQLException {
        return new Times(
                Sql.instant(row, "last_validated_at"),
                Sql.instant(row, "key_refused_at"),
                Objects.requireNonNull(Sql.instant(row, "created_at")),
                Objects.requireNonNull(Sql.instant(row, "updated_at")));
    }
}
