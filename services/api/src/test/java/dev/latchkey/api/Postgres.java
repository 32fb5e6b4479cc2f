package dev.latchkey.api;

import dev.latchkey.api.postgres.Database;
import dev.latchkey.runtime.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server, one for all tests of this JVM; every test class makes a database of its own. */
public final class Postgres {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Postgres() {}

    /** Settings of a new, empty database. */
    public static DatabaseSettings emptyDatabase() {
        var name = "latchkey_" + COUNT.incrementAndGet();
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseSettings(
                "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + name, "postgres", "postgres", 10);
    }

    /** All rows of a query, each as PostgreSQL prints it. */
    public static List<String> rows(Database database, String query) {
        return database.inTransaction(
                sql -> sql.list("SELECT q::text FROM (" + query + ") q", row -> row.getString(1)));
    }

    public static int count(Database database, String table) {
        return database.inTransaction(sql -> sql.first("SELECT count(*) FROM " + table, row -> row.getInt(1)))
                .orElseThrow();
    }

    private static EmbeddedPostgres start() {
        try {
            return PostgresServers.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
