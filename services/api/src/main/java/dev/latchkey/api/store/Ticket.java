package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Sql;
import java.sql.SQLException;

/** Where the reply to a request is kept for whoever sends the same request again. */
@FunctionalInterface
public interface Ticket {
    /** Of a request that nobody can send again, for it has no idempotency key. */
    Ticket NONE = (sql, reply) -> {};

    /** Keeps a final reply in the transaction of what it tells about. */
    void keep(Sql sql, Reply reply) throws SQLException;
}
