package dev.latchkey.api.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent together, which takes one way to the server and back instead of one for each. Those with the
 * same text run one after the other, in their order; before those whose text came later.
 */
public final class Batch implements Statements, AutoCloseable {
    private final Sql sql;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

    public Batch(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void run(String statement, @Nullable Object... parameters) throws SQLException {
        var prepared = statements.get(statement);
        if (prepared == null) {
            prepared = sql.connection().prepareStatement(statement);
            statements.put(statement, prepared);
        }
        Sql.bind(prepared, parameters);
        prepared.addBatch();
    }

    /** Nothing has run before. */
    public void send() throws SQLException {
        for (var prepared : statements.values()) {
            prepared.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        for (var prepared : statements.values()) {
            prepared.close();
        }
    }
}
