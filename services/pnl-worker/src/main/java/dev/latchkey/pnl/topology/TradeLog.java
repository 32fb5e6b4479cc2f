package dev.latchkey.pnl.topology;

import dev.latchkey.events.TradeReported;
import dev.latchkey.pnl.book.Amendments;
import dev.latchkey.pnl.book.Reports;
import dev.latchkey.pnl.book.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** The first copy of every trade event, found by its id and by the id that it refers to. */
final class TradeLog {
    private final KeyValueStore<String, TradeReported> reports;
    private final KeyValueStore<String, TradeReported> amendments;

    TradeLog(KeyValueStore<String, TradeReported> reports, KeyValueStore<String, TradeReported> amendments) {
        this.reports = reports;
        this.amendments = amendments;
    }

    /** Records an event and tells what it changes; the second copy of an event changes nothing. */
    Revision record(TradeReported event) {
        if (reports.get(key(event.getUserId(), event.getEventId())) != null) {
            return new Revision(null, null);
        }
        return new Amendments(new ReportsOf(event.getUserId())).revision(event, () -> add(event));
    }

    /** Takes back what was recorded of an event. */
    void strike(TradeReported event) {
        reports.delete(key(event.getUserId(), event.getEventId()));
        if (event.getRefId() != null) {
            amendments.delete(amendmentKey(event, event.getRefId()));
        }
    }

    void forget(UUID userId) {
        UserEntries.delete(userId, reports);
        UserEntries.delete(userId, amendments);
    }

    private void add(TradeReported event) {
        reports.put(key(event.getUserId(), event.getEventId()), event);
        if (event.getRefId() != null) {
            amendments.put(amendmentKey(event, event.getRefId()), event);
        }
    }

    private static String amendmentKey(TradeReported event, UUID refId) {
        return key(event.getUserId(), refId) + "|" + event.getEventId();
    }

    private static String key(UUID userId, UUID eventId) {
        return userId + "|" + eventId;
    }

    private final class ReportsOf implements Reports {
        private final UUID userId;

        ReportsOf(UUID userId) {
            this.userId = userId;
        }

        @Override
        public Optional<TradeReported> report(UUID eventId) {
            return Optional.ofNullable(reports.get(key(userId, eventId)));
        }

        @Override
        public List<TradeReported> amendmentsOf(UUID eventId) {
            var found = new ArrayList<TradeReported>();
            try (var entries = amendments.prefixScan(key(userId, eventId) + "|", new StringSerializer())) {
                entries.forEachRemaining(entry -> found.add(entry.value));
            }
            return found;
        }
    }
}
