package dev.latchkey.api.outbox;

import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.postgres.DatabaseUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How many events wait in the outbox, and since when. Not a number while PostgreSQL is away. */
public final class OutboxMetrics {
    private final Database database;

    private OutboxMetrics(Database database) {
        this.database = database;
    }

    public static void register(Database database, MeterRegistry meters) {
        var metrics = new OutboxMetrics(database);
        Gauge.builder("latchkey.outbox.depth", () -> metrics.number("SELECT count(*) FROM outbox"))
                .description("events that wait in the outbox")
                .register(meters);
        Gauge.builder(
                        "latchkey.outbox.age.seconds",
                        () -> metrics.number(
                                "SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM outbox"))
                .description("age of the oldest event that waits in the outbox")
                .register(meters);
    }

    private double number(String query) {
        try {
            return database.inTransaction(sql -> sql.first(query, row -> row.getDouble(1)))
                    .orElse(Double.NaN);
        } catch (DatabaseUnavailable e) {
            return Double.NaN;
        }
    }
}
