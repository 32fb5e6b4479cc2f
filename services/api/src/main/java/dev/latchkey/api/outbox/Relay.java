package dev.latchkey.api.outbox;

import dev.latchkey.api.postgres.Connections;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.WireFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the outbox to Kafka: each event once, in order per user, whatever stops when. Of several relays on one
 * database one leads and the others stand by. See docs/decisions/0001-outbox-relay.md.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration NEWS = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Connections connections;
    private final KafkaSettings kafka;
    private final WireFormat format;
    private final Encoding encoding;
    private final Counter rejected;
    private final Thread thread = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
    private Duration pause = FIRST_PAUSE;
    private volatile boolean working = true;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private Relay(Connections connections, KafkaSettings kafka, WireFormat format, MeterRegistry meters) {
        this.connections = connections;
        this.kafka = kafka;
        this.format = format;
        this.encoding = new Encoding(format);
        this.rejected = Counter.builder("latchkey.outbox.rejected")
                .description("events that Kafka can never take")
                .register(meters);
    }

    public static Relay start(Connections connections, KafkaSettings kafka, WireFormat format, MeterRegistry meters) {
        var relay = new Relay(connections, kafka, format, meters);
        relay.thread.start();
        return relay;
    }

    /** Whether it publishes, or stands by for another relay that leads. */
    public boolean isWorking() {
        return working && thread.isAlive();
    }

    /** Lets a transaction that is under way end: an interrupt would leave it to its timeout. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(STOPPING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        while (!isStopping()) {
            try (var table = OutboxTable.open(connections)) {
                standBy(table);
                lead(table);
            } catch (Exception e) {
                rest(e);
            }
        }
    }

    private void standBy(OutboxTable table) throws SQLException {
        while (!isStopping() && !table.tryToLead()) {
            working();
            table.awaitNews(NEWS);
        }
    }

    private void lead(OutboxTable table) throws SQLException {
        if (isStopping()) {
            return;
        }
        try (var side = new KafkaSide(kafka, format, encoding)) {
            var lead = Lead.take(table, side, rejected);
            while (!isStopping()) {
                working();
                if (!lead.publishNext()) {
                    table.awaitNews(NEWS);
                }
            }
        }
    }

    private void working() {
        working = true;
        pause = FIRST_PAUSE;
    }

    /** Whatever went wrong, everything is opened anew after a pause. Told once, not at each try. */
    private void rest(Exception failure) {
        if (isStopping()) {
            return;
        }
        if (working) {
            LOG.warn("Outbox relay broke off and will resume", failure);
        }
        working = false;
        awaitStop(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void awaitStop(Duration atMost) {
        try {
            stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
