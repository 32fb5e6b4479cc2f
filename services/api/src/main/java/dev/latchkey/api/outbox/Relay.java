package dev.latchkey.api.outbox;

import dev.latchkey.api.postgres.Connections;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ResumingThread;
import dev.latchkey.schemas.WireFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Publishes the outbox to Kafka: each event once, in order per user, whatever stops when. Of several relays on one
 * database one leads and the others stand by. See docs/decisions/0001-outbox-relay.md.
 */
public final class Relay implements AutoCloseable {
    private static final Duration NEWS = Duration.ofSeconds(1);

    private final Connections connections;
    private final KafkaSettings kafka;
    private final WireFormat format;
    private final Encoding encoding;
    private final Counter rejected;
    private final ResumingThread thread;

    private Relay(Connections connections, KafkaSettings kafka, WireFormat format, MeterRegistry meters) {
        this.connections = connections;
        this.kafka = kafka;
        this.format = format;
        this.encoding = new Encoding(format);
        this.rejected = Counter.builder("latchkey.outbox.rejected")
                .description("events that Kafka can never take")
                .register(meters);
        this.thread = ResumingThread.start("outbox-relay", this::relay);
    }

    public static Relay start(Connections connections, KafkaSettings kafka, WireFormat format, MeterRegistry meters) {
        return new Relay(connections, kafka, format, meters);
    }

    /** Whether it publishes, or stands by for another relay that leads. */
    public boolean isWorking() {
        return thread.isWorking();
    }

    /** Lets a transaction that is under way end: an interrupt would leave it to its timeout. */
    @Override
    public void close() {
        thread.close();
    }

    private void relay(ResumingThread thread) throws SQLException {
        try (var table = OutboxTable.open(connections)) {
            standBy(table, thread);
            lead(table, thread);
        }
    }

    private static void standBy(OutboxTable table, ResumingThread thread) throws SQLException {
        while (!thread.isStopping() && !table.tryToLead()) {
            thread.isFine();
            table.awaitNews(NEWS);
        }
    }

    private void lead(OutboxTable table, ResumingThread thread) throws SQLException {
        if (thread.isStopping()) {
            return;
        }
        try (var side = new KafkaSide(kafka, format, encoding)) {
            var lead = Lead.take(table, side, rejected);
            while (!thread.isStopping()) {
                thread.isFine();
                if (!lead.publishNext()) {
                    table.awaitNews(NEWS);
                }
            }
        }
    }
}
