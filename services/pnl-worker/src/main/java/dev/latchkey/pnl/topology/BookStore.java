package dev.latchkey.pnl.topology;

import dev.latchkey.events.PnlLevel;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Journal;
import dev.latchkey.pnl.state.BookState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The books. */
final class BookStore {
    private final KeyValueStore<String, BookState> books;

    BookStore(KeyValueStore<String, BookState> books) {
        this.books = books;
    }

    @Nullable Journal get(BookKey key) {
        var state = books.get(key.text());
        return state == null ? null : BookFormat.journal(state);
    }

    void put(BookKey key, Journal journal) {
        books.put(key.text(), BookFormat.write(key, journal));
    }

    void remove(BookKey key) {
        books.delete(key.text());
    }

    void forget(UUID userId) {
        UserEntries.delete(userId, books);
    }

    /** All of a user's netted books. */
    Set<BookKey> positionsOf(UUID userId) {
        return scan(BookKey.allOf(userId), key -> key.level() == PnlLevel.SYMBOL)
                .keySet();
    }

    /** The netted book of a position, by its key's text, and the books of its algorithms. */
    Map<BookKey, Journal> ofPosition(String position) {
        return scan(position, _ -> true);
    }

    /** The netted books of a user in one currency. */
    Map<BookKey, Journal> ofUser(UUID userId, String quoteCurrency) {
        return scan(
                BookKey.allOf(userId),
                key -> key.level() == PnlLevel.SYMBOL
                        && key.instrument().quoteCurrency().equals(quoteCurrency));
    }

    private Map<BookKey, Journal> scan(String prefix, Predicate<BookKey> wanted) {
        var found = new LinkedHashMap<BookKey, Journal>();
        try (var entries = books.prefixScan(prefix, new StringSerializer())) {
            entries.forEachRemaining(entry -> {
                var key = BookFormat.key(entry.value);
                if (wanted.test(key)) {
                    found.put(key, BookFormat.journal(entry.value));
                }
            });
        }
        return found;
    }
}
