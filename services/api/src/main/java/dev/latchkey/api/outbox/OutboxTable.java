package dev.latchkey.api.outbox;

import dev.latchkey.api.postgres.Connections;
import dev.latchkey.api.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The outbox as its relay works on it, on one connection that also holds the lock: when the connection is lost so is the
 * lead, and no claim can come from a relay that does not lead any more.
 */
final class OutboxTable implements AutoCloseable {
    private static final long LOCK = 0x6c617463686b6579L;
    private static final int ROWS = 100;

    /** A dead relay's session must not hold the lock for hours. */
    private static final List<String> SESSION = List.of(
            "SET tcp_keepalives_idle = 10",
            "SET tcp_keepalives_interval = 5",
            "SET tcp_keepalives_count = 3",
            "LISTEN outbox");

    private final Connection connection;
    private final Sql sql;

    private OutboxTable(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
    }

    static OutboxTable open(Connections connections) throws SQLException {
        var table = new OutboxTable(connections.open());
        try {
            table.prepare();
        } catch (SQLException | RuntimeException e) {
            table.closeAfter(e);
            throw e;
        }
        return table;
    }

    private void prepare() throws SQLException {
        for (var statement : SESSION) {
            sql.update(statement);
        }
    }

    private void closeAfter(Exception failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Whether this relay leads now. One does, per database. */
    boolean tryToLead() throws SQLException {
        return sql.first("SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), LOCK)
                .orElseThrow();
    }

    /** Batches that were claimed and not deleted, oldest first. */
    List<Long> claimedBatches() throws SQLException {
        return sql.list(
                "SELECT DISTINCT batch FROM outbox WHERE batch IS NOT NULL ORDER BY batch", row -> row.getLong(1));
    }

    /**
     * Gives the oldest unclaimed rows to a batch and says how many: about {@link #ROWS}, and never a part of what one
     * transaction left. Rows are found by their state and not by a cursor, so one that commits after its successors is
     * found all the same.
     */
    int claim(long batch) throws SQLException {
        return sql.update("""
                UPDATE outbox SET batch = ?
                WHERE batch IS NULL AND transaction IN (
                    SELECT transaction FROM outbox WHERE batch IS NULL ORDER BY id LIMIT ?)""", batch, ROWS);
    }

    List<OutboxRow> rows(long batch) throws SQLException {
        return sql.list(
                "SELECT id, topic, record_key, payload FROM outbox WHERE batch = ? ORDER BY id",
                row -> new OutboxRow(row.getLong(1), row.getString(2), row.getString(3), row.getBytes(4)),
                batch);
    }

    void reject(Reject reject) throws SQLException {
        sql.update("""
                WITH gone AS (DELETE FROM outbox WHERE id = ? RETURNING id, topic, record_key, payload, created_at)
                INSERT INTO outbox_rejected (id, topic, record_key, payload, created_at, reason)
                SELECT gone.*, ? FROM gone""", reject.row().id(), reject.reason());
    }

    /** Everything up to this batch is in Kafka. */
    void deleteThrough(long batch) throws SQLException {
        sql.update("DELETE FROM outbox WHERE batch <= ?", batch);
    }

    /** Returns when a transaction has left something in the outbox, or after the time given. */
    void awaitNews(Duration atMost) throws SQLException {
        connection.unwrap(PGConnection.class).getNotifications((int) atMost.toMillis());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
