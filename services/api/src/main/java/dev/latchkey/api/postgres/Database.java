package dev.latchkey.api.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.StartRefused;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.flywaydb.core.Flyway;
import org.postgresql.util.PSQLException;

/** The service's PostgreSQL database, with all migrations applied. */
public final class Database implements AutoCloseable {
    private static final String PROGRAM = "api";
    private static final int PATIENCE_MILLIS = 3_000;

    /** What happens between begin and commit. Never waits for anybody but PostgreSQL. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Sql sql) throws SQLException;
    }

    private final DatabaseSettings settings;
    private final HikariDataSource pool;

    private Database(DatabaseSettings settings) {
        this.settings = settings;
        this.pool = pool(settings);
    }

    /** Throws StartRefused with the setting to look at when PostgreSQL can not be used. */
    public static Database open(DatabaseSettings settings) {
        require(settings);
        var database = new Database(settings);
        database.migrations().migrate();
        return database;
    }

    /** Applies no migrations itself; throws StartRefused also when some are missing. */
    public static Database openAsItIs(DatabaseSettings settings) {
        require(settings);
        var database = new Database(settings);
        if (database.migrations().info().pending().length > 0) {
            database.close();
            throw new StartRefused(named(settings) + " lacks migrations: start the api of this version first");
        }
        return database;
    }

    /** Commits what was done, or rolls it back when it throws. */
    public <T> T inTransaction(Work<T> work) {
        try (var connection = pool.getConnection()) {
            return commit(connection, work);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** A connection of its own, outside the pool, for whoever holds a session for long. */
    public Connection connect() throws SQLException {
        return connect(settings);
    }

    public boolean answers() {
        try (var connection = pool.getConnection()) {
            return connection.isValid(PATIENCE_MILLIS / 1_000);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static <T> T commit(Connection connection, Work<T> work) throws SQLException {
        try {
            var result = work.run(new Sql(connection));
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static RuntimeException translated(SQLException e) {
        var state = e.getSQLState();
        boolean broken = state != null && (state.startsWith("08") || state.startsWith("57") || state.startsWith("53"));
        return broken || e instanceof SQLTransientException
                ? new DatabaseUnavailable(withoutWords(e))
                : new IllegalStateException("PostgreSQL refused a statement", withoutWords(e));
    }

    /** Where and why, but not what: PostgreSQL's sentences quote values, and the driver's quote statements. */
    private static SQLException withoutWords(SQLException e) {
        var wordless = new SQLException(reason(e), e.getSQLState());
        wordless.setStackTrace(e.getStackTrace());
        return wordless;
    }

    private static String reason(SQLException e) {
        var message = e instanceof PSQLException refusal ? refusal.getServerErrorMessage() : null;
        var constraint = message == null ? null : message.getConstraint();
        return "SQL state " + e.getSQLState() + (constraint == null ? "" : " by " + constraint);
    }

    private static void require(DatabaseSettings settings) {
        try {
            connect(settings).close();
        } catch (SQLException e) {
            throw new StartRefused(sentence(settings, String.valueOf(e.getSQLState())), e);
        }
    }

    private Flyway migrations() {
        return Flyway.configure().dataSource(pool).load();
    }

    private static String named(DatabaseSettings settings) {
        return "PostgreSQL at " + settings.address() + " (" + DatabaseSettings.URL + ")";
    }

    private static String sentence(DatabaseSettings settings, String state) {
        var postgres = named(settings);
        if (state.startsWith("28")) {
            return postgres + " does not accept " + DatabaseSettings.USER + " and " + DatabaseSettings.PASSWORD;
        }
        return state.equals("3D000") ? postgres + " has no such database" : postgres + " does not answer";
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.driverProperties(PROGRAM));
    }

    private static HikariDataSource pool(DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("postgres");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(settings.driverProperties(PROGRAM));
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }
}
