package dev.latchkey.pnl.topology;

import dev.latchkey.events.PnlLevel;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Journal;
import dev.latchkey.pnl.state.BookState;
import dev.latchkey.schemas.PrivateFormat;
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
    /** The changelog takes 4 MiB; what is left of it is for the key. */
    private static final int LARGEST_BOOK = 4_000_000;

    private static final PrivateFormat<BookState> FORMAT = new PrivateFormat<>(BookState.class);

    private final KeyValueStore<String, BookState> books;

    BookStore(KeyValueStore<String, BookState> books) {
        this.books = books;
    }

    /** Whether a book is small enough for one record of the store's changelog. */
    static boolean hasRoomFor(BookKey key, Journal journal) {
        return FORMAT.encode(BookFormat.write(key, journal)).length <= LARGEST_BOOK;
    }

    @Nullable Journal get(BookKey key) {
        var state = books.get(key.text());
        return state == null ? null : BookFormat.journal(state);
    }

    /** Keeps a book; one without fills, and none at all, is removed. */
    void set(BookKey key, @Nullable Journal journal) {
        if (journal == null || journal.isEmpty()) {
            books.delete(key.text());
        } else {
            books.put(key.text(), BookFormat.write(key, journal));
        }
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
