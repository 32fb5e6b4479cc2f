package dev.latchkey.api.postgres;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Statements on one connection. */
public record Sql(Connection connection) implements Statements {
    /** One row as a value. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    @Override
    public void run(String statement, @Nullable Object... parameters) throws SQLException {
        update(statement, parameters);
    }

    /** How many rows changed. */
    public int update(String statement, @Nullable Object... parameters) throws SQLException {
        try (var prepared = prepare(statement, parameters)) {
            return prepared.executeUpdate();
        }
    }

    public <T> List<T> list(String query, Row<T> row, @Nullable Object... parameters) throws SQLException {
        try (var prepared = prepare(query, parameters);
                var rows = prepared.executeQuery()) {
            var list = new ArrayList<T>();
            while (rows.next()) {
                list.add(row.read(rows));
            }
            return list;
        }
    }

    public <T> Optional<T> first(String query, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return list(query, row, parameters).stream().findFirst();
    }

    /** Ids as a parameter for {@code = ANY(?::uuid[])}. */
    public static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private PreparedStatement prepare(String statement, @Nullable Object... parameters) throws SQLException {
        var prepared = connection.prepareStatement(statement);
        bind(prepared, parameters);
        return prepared;
    }

    static void bind(PreparedStatement prepared, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            prepared.setObject(i + 1, forDriver(parameters[i]));
        }
    }

    private static @Nullable Object forDriver(@Nullable Object value) {
        return switch (value) {
            case Instant time -> time.atOffset(ZoneOffset.UTC);
            case URI url -> url.toString();
            case null, default -> value;
        };
    }
}
