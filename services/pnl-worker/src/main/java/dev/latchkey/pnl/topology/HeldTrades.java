package dev.latchkey.pnl.topology;

import dev.latchkey.events.DeadLettered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Sealed trades that wait for their data key, each as the dead letter that it is unless the key comes. */
final class HeldTrades {
    private final KeyValueStore<String, DeadLettered> held;

    HeldTrades(KeyValueStore<String, DeadLettered> held) {
        this.held = held;
    }

    void put(String userId, DeadLettered letter) {
        held.put(key(userId, letter), letter);
    }

    void remove(String userId, DeadLettered letter) {
        held.delete(key(userId, letter));
    }

    List<DeadLettered> of(String userId) {
        try (var entries = held.prefixScan(userId + "|", new StringSerializer())) {
            return letters(entries);
        }
    }

    /** Those that were put here at that time or earlier. */
    List<DeadLettered> putBy(Instant time) {
        try (var entries = held.all()) {
            return letters(entries).stream()
                    .filter(letter -> !letter.getRejectedAt().isAfter(time))
                    .toList();
        }
    }

    private static List<DeadLettered> letters(KeyValueIterator<String, DeadLettered> entries) {
        var letters = new ArrayList<DeadLettered>();
        entries.forEachRemaining(entry -> letters.add(entry.value));
        return letters;
    }

    private static String key(String userId, DeadLettered letter) {
        return userId + "|" + letter.getSourcePartition() + "|" + letter.getSourceOffset();
    }
}
