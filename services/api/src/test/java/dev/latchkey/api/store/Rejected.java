package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Database;
import java.util.List;

/** Events that Kafka could never take. */
final class Rejected {
    private Rejected() {}

    /** As the relay does with what it can not publish. */
    static void everything(Database database) {
        database.inTransaction(sql -> sql.update("""
                WITH gone AS (DELETE FROM outbox RETURNING id, topic, record_key, payload, created_at)
                INSERT INTO outbox_rejected (id, topic, record_key, payload, created_at, reason)
                SELECT gone.*, 'too large' FROM gone"""));
    }

    /** Of those in which a text stands. */
    static List<String> topicsWith(Database database, String text) {
        return database.inTransaction(sql -> sql.list(
                "SELECT topic FROM outbox_rejected WHERE position(convert_to(?, 'UTF8') IN payload) > 0",
                row -> row.getString(1),
                text));
    }
}
