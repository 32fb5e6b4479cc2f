package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Quotas;
import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/** What users have used of their quotas, which is the same for all instances of the api and survives them. */
public final class QuotaStore {
    /** A row says when the whole quota would be back. Nothing is written of a request that is turned away. */
    private static final String TAKE = """
            INSERT INTO used_quotas AS used (user_id, kind, restored_at)
            VALUES (?, ?, ?::timestamptz + ? * interval '1 microsecond')
            ON CONFLICT (user_id, kind) DO UPDATE
                SET restored_at = excluded.restored_at + greatest(used.restored_at - ?, interval '0')
                WHERE excluded.restored_at + greatest(used.restored_at - ?, interval '0') <= ?""";

    private final Database database;
    private final Quotas quotas;
    private final InstantSource clock;

    public QuotaStore(Database database, Quotas quotas, InstantSource clock) {
        this.database = database;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** Takes one from the quota and answers zero, or takes nothing and answers how long to wait. */
    public Duration take(UUID userId, Kind kind) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.inTransaction(sql -> take(sql, userId, kind, now));
    }

    private Duration take(Sql sql, UUID userId, Kind kind, Instant now) throws SQLException {
        var share = quotas.share(kind);
        long micros = share.toNanos() / 1_000;
        int taken = sql.update(TAKE, userId, kind.name(), now, micros, now, now, now.plus(Quotas.WINDOW));
        return taken == 1
                ? Duration.ZERO
                : wait(sql, userId, kind, now.plus(Quotas.WINDOW).minus(share));
    }

    /** The moment is the last one at which a quota may be wholly back for one to be taken now. */
    private static Duration wait(Sql sql, UUID userId, Kind kind, Instant latest) throws SQLException {
        return sql.first(
                        "SELECT restored_at FROM used_quotas WHERE user_id = ? AND kind = ?",
                        row -> Objects.requireNonNull(Sql.instant(row, "restored_at")),
                        userId,
                        kind.name())
                .map(restored -> Duration.between(latest, restored))
                .orElseThrow();
    }
}
