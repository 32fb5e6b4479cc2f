package dev.latchkey.pnl.topology;

import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Journal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which positions there are in a symbol. */
final class Holders {
    private final KeyValueStore<String, Boolean> holders;

    Holders(KeyValueStore<String, Boolean> holders) {
        this.holders = holders;
    }

    /** Notes a position with its books; one without books is forgotten. */
    void note(BookKey position, Collection<Journal> books) {
        var key = key(position);
        if (books.isEmpty()) {
            holders.delete(key);
        } else {
            holders.put(key, books.stream().anyMatch(journal -> journal.book().isOpen()));
        }
    }

    void forget(BookKey position) {
        holders.delete(key(position));
    }

    /** Keys of the positions in a symbol, and whether anything of them is open. */
    Map<String, Boolean> of(String symbol) {
        var found = new LinkedHashMap<String, Boolean>();
        try (var entries = holders.prefixScan(symbol + "|", new StringSerializer())) {
            entries.forEachRemaining(entry -> found.put(entry.key.substring(symbol.length() + 1), entry.value));
        }
        return found;
    }

    private static String key(BookKey position) {
        return position.instrument().symbol() + "|" + position.text();
    }
}
