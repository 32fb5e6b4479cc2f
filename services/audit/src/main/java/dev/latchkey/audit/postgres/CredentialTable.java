package dev.latchkey.audit.postgres;

import dev.latchkey.audit.reconciling.Copy;
import dev.latchkey.audit.reconciling.Picture;
import dev.latchkey.audit.reconciling.Source;
import dev.latchkey.audit.reconciling.TableUnavailable;
import dev.latchkey.audit.reconciling.Trait;
import dev.latchkey.runtime.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The rows of {@code user_llm_credentials}. Only reads, and may be given a login that can do no more. */
public final class CredentialTable implements Source {
    private static final String ROWS = """
            SELECT id, user_id, provider, model_name, base_url, masked_key, is_active, is_default,
                default_revision, revision, encrypted_api_key, key_fingerprint
            FROM user_llm_credentials""";
    private static final int AT_A_TIME = 1_000;

    private final DatabaseSettings settings;

    public CredentialTable(DatabaseSettings settings) {
        this.settings = settings;
    }

    @Override
    public Picture look() {
        try (var connection = DriverManager.getConnection(settings.url(), settings.driverProperties("audit"))) {
            return look(connection);
        } catch (SQLException e) {
            throw new TableUnavailable(
                    "PostgreSQL at " + settings.address() + " (" + DatabaseSettings.URL + ") can not be read", e);
        }
    }

    private static Picture look(Connection connection) throws SQLException {
        var credentials = new HashMap<UUID, Copy>();
        var defaults = new HashMap<UUID, UUID>();
        connection.setReadOnly(true);
        connection.setAutoCommit(false); // without it the driver fetches all rows at once
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(AT_A_TIME);
            try (var row = statement.executeQuery(ROWS)) {
                while (row.next()) {
                    note(row, credentials, defaults);
                }
            }
        }
        return new Picture(credentials, defaults);
    }

    private static void note(ResultSet row, Map<UUID, Copy> credentials, Map<UUID, UUID> defaults) throws SQLException {
        var id = row.getObject("id", UUID.class);
        credentials.put(id, copy(row));
        if (row.getBoolean("is_default")) {
            defaults.put(row.getObject("user_id", UUID.class), id);
        }
    }

    private static Copy copy(ResultSet row) throws SQLException {
        return new Copy.Builder()
                .with(Trait.OWNER, row.getObject("user_id", UUID.class))
                .with(Trait.PROVIDER, row.getString("provider"))
                .with(Trait.MODEL, row.getString("model_name"))
                .with(Trait.BASE_URL, row.getString("base_url"))
                .with(Trait.MASKED_KEY, row.getString("masked_key"))
                .with(Trait.ACTIVE, row.getBoolean("is_active"))
                .with(Trait.DEFAULT_REVISION, row.getLong("default_revision"))
                .with(Trait.REVISION, row.getLong("revision"))
                .with(Trait.SEALED_KEY, row.getString("encrypted_api_key"))
                .with(Trait.KEY_FINGERPRINT, row.getString("key_fingerprint"))
                .build();
    }
}
