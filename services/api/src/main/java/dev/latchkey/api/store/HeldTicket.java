package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import java.sql.SQLException;
import java.util.UUID;

/** The right to do one request under an idempotency key. It is lost to whoever takes the request over. */
public final class HeldTicket implements Ticket {
    private final Database database;
    private final UUID claim;
    private boolean isUsed;

    HeldTicket(Database database, UUID claim) {
        this.database = database;
        this.claim = claim;
    }

    /** Throws {@link TicketLost}, which undoes the transaction, when another has taken the request over. */
    @Override
    public void keep(Sql sql, Reply reply) throws SQLException {
        if (!reply.isFinal()) {
            return;
        }
        isUsed = true;
        int kept = sql.update(
                "UPDATE remembered_replies SET status = ?, media_type = ?, location = ?, body = ? WHERE claim = ?",
                reply.status(),
                reply.mediaType(),
                reply.location(),
                reply.body(),
                claim);
        if (kept == 0) {
            throw new TicketLost();
        }
    }

    /** Keeps the reply unless it was kept with what it tells about, and lets the request be done anew if it is not final. */
    public void close(Reply reply) {
        if (isUsed) {
            return;
        }
        if (reply.isFinal()) {
            database.inTransaction(sql -> {
                keep(sql, reply);
                return reply;
            });
        } else {
            release();
        }
    }

    /** Lets the request be done anew: nothing came of it. Does nothing once a reply may have been kept. */
    public void release() {
        if (!isUsed) {
            database.inTransaction(sql -> sql.update("DELETE FROM remembered_replies WHERE claim = ?", claim));
        }
    }
}
