package dev.latchkey.pnl.topology;

import dev.latchkey.pnl.book.BookKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** The entries of one user in a store whose keys begin with the user's id. */
final class UserEntries {
    private UserEntries() {}

    static List<String> keys(UUID userId, KeyValueStore<String, ?> store) {
        var keys = new ArrayList<String>();
        try (var entries = store.prefixScan(BookKey.allOf(userId), new StringSerializer())) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    static void delete(UUID userId, KeyValueStore<String, ?> store) {
        keys(userId, store).forEach(store::delete);
    }
}
