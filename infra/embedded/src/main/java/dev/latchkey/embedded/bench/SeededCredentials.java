package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.bench.BatchTransit.Sealed;
import dev.latchkey.embedded.parts.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Credentials that are sealed as the api seals them and stored where it stores them, without its telling anybody: each of a
 * user of its own.
 */
record SeededCredentials(Stack stack, BatchTransit transit) {
    private static final String USER = "INSERT INTO users (id, revision, audit_sequence) VALUES (?, 1, 0)";
    private static final String CREDENTIAL = """
            INSERT INTO user_llm_credentials (id, user_id, provider, model_name, encrypted_api_key, encryption_key_id,
                key_fingerprint, masked_key, revision, default_revision, key_revision, is_default, created_at, updated_at)
            VALUES (?, ?, 'openai', 'gpt-4o-mini', ?, 'latchkey', ?, 'sk-...eded', 1, 1, 1, true, now(), now())""";

    List<Sealed> store(int count) throws SQLException, IOException, InterruptedException {
        var stored = new ArrayList<Sealed>();
        var url = Postgres.url(stack.ports().of(Listener.POSTGRES), "latchkey");
        try (var connection = DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD)) {
            connection.setAutoCommit(false);
            while (stored.size() < count) {
                var sealed = sealed(Math.min(BatchTransit.BATCH, count - stored.size()));
                store(connection, sealed);
                stored.addAll(sealed);
            }
            connection.commit();
            analyze(connection);
        }
        return stored;
    }

    private List<Sealed> sealed(int count) throws IOException, InterruptedException {
        var owners = new ArrayList<Sealed>();
        for (int i = 0; i < count; i++) {
            owners.add(new Sealed(UUID.randomUUID(), UUID.randomUUID(), ""));
        }
        var keys = owners.stream().map(owner -> "sk-" + owner.credentialId()).toList();
        var ciphertexts =
                transit.encrypt(keys, owners.stream().map(Sealed::context).toList());
        var sealed = new ArrayList<Sealed>();
        for (int i = 0; i < count; i++) {
            var owner = owners.get(i);
            sealed.add(new Sealed(owner.userId(), owner.credentialId(), ciphertexts.get(i)));
        }
        return sealed;
    }

    private void store(Connection connection, List<Sealed> sealed)
            throws SQLException, IOException, InterruptedException {
        var fingerprints = transit.hmac(sealed.stream().map(Sealed::ciphertext).toList());
        try (var users = connection.prepareStatement(USER);
                var credentials = connection.prepareStatement(CREDENTIAL)) {
            for (int i = 0; i < sealed.size(); i++) {
                var key = sealed.get(i);
                add(users, key.userId());
                add(credentials, key.credentialId(), key.userId(), key.ciphertext(), fingerprints.get(i));
            }
            users.executeBatch();
            credentials.executeBatch();
        }
    }

    private static void add(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        statement.addBatch();
    }

    /** So that PostgreSQL knows the table, as it does one that has grown over months. */
    private static void analyze(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        }
        connection.commit();
    }
}
