package dev.latchkey.api.outbox;

import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.rewrap.Announcements;
import dev.latchkey.runtime.KafkaSettings;
import java.time.Duration;
import java.util.OptionalLong;

/** What is in the outbox and what came out of it, for somebody who is not its relay. */
public final class OutboxAnnouncements implements Announcements {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Database database;
    private final KafkaSettings kafka;
    private final SealedTopic<?> topic;
    private final Duration patience;

    /** @param patience how long nothing may be published before publishing is held to have come to a stand */
    public OutboxAnnouncements(Database database, KafkaSettings kafka, SealedTopic<?> topic, Duration patience) {
        this.database = database;
        this.kafka = kafka;
        this.topic = topic;
        this.patience = patience;
    }

    @Override
    public long newest() {
        return event("SELECT max(id) FROM outbox").orElse(0);
    }

    @Override
    public boolean awaitPublished(long event) {
        var oldest = oldest();
        var seen = oldest;
        long since = System.nanoTime();
        while (oldest.isPresent() && oldest.getAsLong() <= event) {
            if (!oldest.equals(seen)) {
                seen = oldest;
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > patience.toNanos() || !pause()) {
                return false;
            }
            oldest = oldest();
        }
        return true;
    }

    @Override
    public long knownBelow(int version) {
        return topic.countBelow(version, kafka);
    }

    /** Rows leave the outbox when they are in Kafka, so the oldest one tells how far that is. */
    private OptionalLong oldest() {
        return event("SELECT min(id) FROM outbox");
    }

    private OptionalLong event(String query) {
        return database.inTransaction(sql -> sql.list(query, row -> row.getObject(1, Long.class))).stream()
                .filter(id -> id != null)
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** False when nobody waits any more. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
