package dev.latchkey.api.outbox;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.act;
import static dev.latchkey.api.Samples.prompt;
import static dev.latchkey.api.Samples.registration;
import static dev.latchkey.api.Samples.userDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.api.store.Epilogue;
import dev.latchkey.api.store.PromptStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutboxTableTest {
    private final Database database = Database.open(Postgres.emptyDatabase());
    private final OutboxTable table = OutboxTable.open(database::connect);

    OutboxTableTest() throws Exception {}

    @AfterEach
    void close() throws Exception {
        table.close();
        database.close();
    }

    /** One event, then pairs: a limit that counts rows would cut a pair in two. */
    @Test
    void claimsNoPartOfATransaction() throws Exception {
        var act = act();
        new PromptStore(database, CLERK, Duration.ofDays(7))
                .submit(act.userId(), prompt(userDefault()), Epilogue.none());
        var store = new CredentialStore(database, CLERK);
        for (int i = 0; i < 60; i++) {
            store.register(act, registration("model-" + UUID.randomUUID()), Epilogue.none());
        }

        int first = table.claim(1);
        int second = table.claim(2);

        assertThat(first).isEqualTo(101);
        assertThat(second).isEqualTo(20);
        assertThat(Postgres.rows(
                        database,
                        "SELECT transaction FROM outbox GROUP BY transaction HAVING min(batch) <> max(batch)"))
                .isEmpty();
        assertThat(Postgres.rows(
                        database,
                        "SELECT max(id) FILTER (WHERE batch = 1) < min(id) FILTER (WHERE batch = 2)" + " FROM outbox"))
                .containsExactly("(t)");
    }

    /** In a transaction that has failed nothing can be listened to. */
    @Test
    void leavesNoConnectionBehindThatItCouldNotUse() throws Exception {
        var opened = new ArrayList<Connection>();

        assertThatThrownBy(() -> OutboxTable.open(() -> {
                    opened.add(failed(database.connect()));
                    return opened.getLast();
                }))
                .isInstanceOf(SQLException.class);

        assertThat(opened).hasSize(1);
        assertThat(opened.getFirst().isClosed()).isTrue();
    }

    private static Connection failed(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        assertThatThrownBy(() -> new Sql(connection).update("SELECT 1 / 0")).isInstanceOf(SQLException.class);
        return connection;
    }

    /** PostgreSQL notices after the client that a session has ended: the lead is free soon, not at once. */
    @Test
    void letsOneSessionLead() throws Exception {
        try (var other = OutboxTable.open(database::connect)) {
            assertThat(table.tryToLead()).isTrue();
            assertThat(other.tryToLead()).isFalse();

            table.close();

            await().until(other::tryToLead);
        }
    }
}
