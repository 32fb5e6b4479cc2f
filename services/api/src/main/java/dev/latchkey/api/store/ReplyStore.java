package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Replies to requests with an idempotency key, for a day. */
public final class ReplyStore {
    private static final Duration MEMORY = Duration.ofHours(24);
    /** Longer than any request takes, so that nobody takes over what is still being done. */
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

    /** Rows that another transaction is about to delete are left to it: nobody waits here. */
    private static final String FORGET = """
            DELETE FROM remembered_replies WHERE claim IN (
                SELECT claim FROM remembered_replies WHERE first_asked_at <= ? FOR UPDATE SKIP LOCKED)""";

    private static final String CLAIM = """
            INSERT INTO remembered_replies AS known
                (user_id, path, key_code, body_code, claim, claimed_at, first_asked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (user_id, path, key_code) DO UPDATE
                SET claim = excluded.claim, claimed_at = excluded.claimed_at
                WHERE known.status IS NULL AND known.body_code = excluded.body_code AND known.claimed_at <= ?""";

    private static final String FIND = """
            SELECT body_code, status, media_type, location, body FROM remembered_replies
            WHERE user_id = ? AND path = ? AND key_code = ?""";

    private final Database database;
    private final Clerk clerk;
    private final RequestCodes codes;

    public ReplyStore(Database database, Clerk clerk, RequestCodes codes) {
        this.database = database;
        this.clerk = clerk;
        this.codes = codes;
    }

    /** Says whether to do the request or what was said to it. Of equal requests at one time, one is told to do it. */
    public Claim claim(KeyedRequest request) {
        var now = clerk.now();
        database.inTransaction(sql -> sql.update(FORGET, now.minus(MEMORY)));
        return database.inTransaction(sql -> claim(sql, request, now));
    }

    private Claim claim(Sql sql, KeyedRequest request, Instant now) throws SQLException {
        var claim = clerk.nextId();
        byte[] key = codes.ofKey(request.idempotencyKey());
        byte[] body = codes.ofBody(request.body());
        int claimed = sql.update(
                CLAIM, request.userId(), request.path(), key, body, claim, now, now, now.minus(LONGEST_REQUEST));
        return claimed == 1
                ? new Claim.Mine(new HeldTicket(database, claim))
                : find(sql, request, key, body).orElseGet(Claim.Underway::new);
    }

    private static Optional<Claim> find(Sql sql, KeyedRequest request, byte[] key, byte[] body) throws SQLException {
        return sql.first(FIND, row -> read(row, body), request.userId(), request.path(), key);
    }

    private static Claim read(ResultSet row, byte[] body) throws SQLException {
        if (!Arrays.equals(row.getBytes("body_code"), body)) {
            return new Claim.Another();
        }
        int status = row.getInt("status");
        return status == 0
                ? new Claim.Underway()
                : new Claim.Done(new Reply(
                        status, row.getString("media_type"), row.getString("location"), row.getString("body")));
    }
}
