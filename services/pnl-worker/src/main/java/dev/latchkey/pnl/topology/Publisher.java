package dev.latchkey.pnl.topology;

import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Closing;
import dev.latchkey.pnl.book.Figures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Publishes what differs from what was published last. */
final class Publisher {
    private final ProcessorContext<String, Output> context;
    private final KeyValueStore<String, PnlUpdated> figures;
    private final KeyValueStore<String, PositionClosed> closings;

    Publisher(
            ProcessorContext<String, Output> context,
            KeyValueStore<String, PnlUpdated> figures,
            KeyValueStore<String, PositionClosed> closings) {
        this.context = context;
        this.figures = figures;
        this.closings = closings;
    }

    void publish(String key, PnlUpdated pnl) {
        if (!pnl.equals(figures.get(key))) {
            figures.put(key, pnl);
            forward(key, new Output.Updated(pnl));
        }
    }

    void withdraw(String key) {
        if (figures.delete(key) != null) {
            forward(key, new Output.Emptied());
        }
    }

    /** Publishes closings that are new or have changed; they are told once, by the algorithm's book. */
    void close(BookKey book, List<Closing> current) {
        if (book.level() != PnlLevel.ALGORITHM) {
            return;
        }
        for (var closing : current) {
            var event = Figures.ofClosing(book, closing);
            var key = key(book, event);
            if (!event.equals(closings.get(key))) {
                closings.put(key, event);
                forward(book.text(), new Output.Closed(event));
            }
        }
    }

    /** Publishes the closings of a book that was folded again, and takes back those that are no more. */
    void closeAgain(BookKey book, List<Closing> all) {
        close(book, all);
        var kept = new HashSet<>(
                all.stream().map(closing -> closing.place().tradeId()).toList());
        for (var published : published(book)) {
            if (!kept.contains(published.getTradeId())) {
                closings.delete(key(book, published));
                forward(book.text(), new Output.Closed(Figures.withdrawn(published)));
            }
        }
    }

    /** Takes back everything of a user: closings say zeros from now on. */
    void forget(UUID userId) {
        UserEntries.keys(userId, figures).forEach(this::withdraw);
        for (var key : UserEntries.keys(userId, closings)) {
            var book = key.substring(0, key.lastIndexOf('|'));
            forward(book, new Output.Closed(Figures.withdrawn(closings.delete(key))));
        }
    }

    private List<PositionClosed> published(BookKey book) {
        var found = new ArrayList<PositionClosed>();
        try (var entries = closings.prefixScan(book.text() + "|", new StringSerializer())) {
            entries.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    private static String key(BookKey book, PositionClosed closing) {
        return book.text() + "|" + closing.getTradeId();
    }

    private void forward(String key, Output output) {
        context.forward(new Record<>(key, output, context.currentSystemTimeMs()));
    }
}
