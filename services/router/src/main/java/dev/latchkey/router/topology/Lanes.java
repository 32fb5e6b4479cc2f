package dev.latchkey.router.topology;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** The lanes of users, in a store that has none that is empty. */
final class Lanes {
    private static final StringSerializer KEYS = new StringSerializer();

    private final KeyValueStore<String, Lane> store;

    Lanes(KeyValueStore<String, Lane> store) {
        this.store = store;
    }

    static String key(UUID userId, String name) {
        return userId + "|" + name;
    }

    /** All of a user, by name. */
    Map<String, Lane> of(UUID userId) {
        var prefix = key(userId, "");
        var mine = new TreeMap<String, Lane>();
        try (var entries = store.prefixScan(prefix, KEYS)) {
            entries.forEachRemaining(entry -> mine.put(entry.key.substring(prefix.length()), entry.value));
        }
        return mine;
    }

    Lane get(String key) {
        return Optional.ofNullable(store.get(key)).orElse(Lane.EMPTY);
    }

    void put(String key, Lane lane) {
        if (lane.isEmpty()) {
            store.delete(key);
        } else {
            store.put(key, lane);
        }
    }
}
