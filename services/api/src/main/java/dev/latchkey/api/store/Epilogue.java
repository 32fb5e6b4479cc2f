package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Sql;
import java.sql.SQLException;

/** What else is written in the transaction of a change, once it is known how that ended. */
@FunctionalInterface
public interface Epilogue<T> {
    void write(Sql sql, T outcome) throws SQLException;

    static <T> Epilogue<T> none() {
        return (sql, outcome) -> {};
    }
}
