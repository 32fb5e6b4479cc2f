package dev.latchkey.pnl.topology;

import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.pnl.book.BookKey;
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

    /** Figures that no event can carry are not told, and the last that were stand. */
    void publish(Bulletin bulletin) {
        bulletin.items().stream().filter(Bulletin.Item::fits).forEach(this::publish);
    }

    /** Publishes what a book has closed, and takes back what it closes no more. */
    void tell(Draft draft) {
        if (draft.after().isEmpty()) {
            withdraw(draft.key().text());
        }
        var current = draft.closings();
        current.forEach(closing -> close(draft.key(), closing));
        if (draft.whole()) {
            takeBackAllBut(current, draft.key());
        }
    }

    private void publish(Bulletin.Item item) {
        var pnl = item.figures();
        if (pnl == null) {
            withdraw(item.key());
        } else if (!pnl.equals(figures.get(item.key()))) {
            figures.put(item.key(), pnl);
            forward(item.key(), new Output.Updated(pnl));
        }
    }

    private void withdraw(String key) {
        if (figures.delete(key) != null) {
            forward(key, new Output.Emptied());
        }
    }

    private void close(BookKey book, PositionClosed closing) {
        var key = key(book, closing);
        if (!closing.equals(closings.get(key))) {
            closings.put(key, closing);
            forward(book.text(), new Output.Closed(closing));
        }
    }

    private void takeBackAllBut(List<PositionClosed> current, BookKey book) {
        var kept =
                new HashSet<>(current.stream().map(PositionClosed::getTradeId).toList());
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
