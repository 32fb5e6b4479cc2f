package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Standing;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.runtime.DatabaseSettings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What becomes of rows that an earlier version left. */
final class EarlierRowsTest {
    private static final UUID USER = UUID.fromString("018f0000-0000-7000-8000-00000000000a");
    private static final UUID CREDENTIAL = UUID.fromString("018f0000-0000-7000-8000-00000000000b");

    @Test
    void haveGotTheirKeysAtTheirLastChangeAtTheLatest() throws SQLException {
        var settings = Postgres.emptyDatabase();
        leaveAtVersionEight(settings, """
                INSERT INTO users (id, revision, audit_sequence) VALUES ('%s', 4, 4);
                INSERT INTO user_llm_credentials (id, user_id, provider, model_name, encrypted_api_key, key_fingerprint,
                    masked_key, revision, created_at, updated_at)
                VALUES ('%s', '%s', 'openai', 'gpt-5', 'vault:v1:AAAA', 'vault:v1:AAAA', 'sk-...wxyz', 4, now(), now())
                """.formatted(USER, CREDENTIAL, USER));

        try (var database = Database.open(settings)) {
            var found = new CredentialStore(database, CLERK)
                    .findActive(USER, CREDENTIAL)
                    .orElseThrow();

            assertThat(found.standing()).isEqualTo(new Standing(4, 0, 4, false, true));
        }
    }

    private static void leaveAtVersionEight(DatabaseSettings settings, String rows) throws SQLException {
        Flyway.configure()
                .dataSource(settings.url(), settings.user(), settings.password())
                .target("8")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement()) {
            statement.execute(rows);
        }
    }
}
