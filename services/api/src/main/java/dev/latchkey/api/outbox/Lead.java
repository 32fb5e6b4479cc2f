package dev.latchkey.api.outbox;

import dev.latchkey.api.outbox.Publication.Obstructed;
import io.micrometer.core.instrument.Counter;
import java.sql.SQLException;

/** The time in which one relay leads: it first finishes what its predecessor began, then publishes batch after batch. */
final class Lead {
    private final OutboxTable table;
    private final OutboxPublisher publisher;
    private final Counter rejected;
    private long lastBatch;

    private Lead(OutboxTable table, OutboxPublisher publisher, Counter rejected) {
        this.table = table;
        this.publisher = publisher;
        this.rejected = rejected;
    }

    /** Kafka's position decides about each claimed batch: up to it they are published, above it they are not. */
    static Lead take(OutboxTable table, KafkaSide kafka, Counter rejected) throws SQLException {
        var lead = new Lead(table, kafka.publisher(), rejected);
        lead.publisher.fenceOthers();
        lead.lastBatch = kafka.position();
        table.deleteThrough(lead.lastBatch);
        for (long batch : table.claimedBatches()) {
            lead.publish(batch);
        }
        return lead;
    }

    /** Publishes what is there, if anything is; says whether it was. */
    boolean publishNext() throws SQLException {
        long batch = lastBatch + 1;
        if (table.claim(batch) == 0) {
            return false;
        }
        publish(batch);
        return true;
    }

    private void publish(long batch) throws SQLException {
        while (publisher.publish(batch, table.rows(batch)) instanceof Obstructed(var rejects)) {
            for (var reject : rejects) {
                table.reject(reject);
                rejected.increment();
            }
        }
        table.deleteThrough(batch);
        lastBatch = batch;
    }
}
