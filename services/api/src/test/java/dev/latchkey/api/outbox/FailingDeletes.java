package dev.latchkey.api.outbox;

import dev.latchkey.api.postgres.Connections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Connections that break when published rows shall be deleted: as if the relay died after Kafka's commit. */
final class FailingDeletes implements Connections {
    private final Connections real;
    private final int times;
    private final AtomicInteger failed = new AtomicInteger();

    FailingDeletes(Connections real, int times) {
        this.real = real;
        this.times = times;
    }

    int failed() {
        return failed.get();
    }

    @Override
    public Connection open() throws SQLException {
        var connection = real.open();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private @Nullable Object call(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        boolean isDelete = method.getName().equals("prepareStatement")
                && arguments != null
                && String.valueOf(arguments[0]).startsWith("DELETE FROM outbox")
                && hasRowsInKafka(connection);
        if (isDelete && failed.get() < times) {
            failed.incrementAndGet();
            throw new SQLException("the relay died here", "08006");
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Before anything was claimed a delete deletes nothing, and its failure would show nothing. */
    private static boolean hasRowsInKafka(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 1 FROM outbox WHERE batch IS NOT NULL LIMIT 1")) {
            return rows.next();
        }
    }
}
