package dev.latchkey.standins.providers;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest calls, the oldest of them first, and how many there were with each of the keys that were seen last. */
final class CallLog {
    private static final int MOST = 10_000;

    private final ArrayDeque<Call> newest = new ArrayDeque<>();
    private final Map<String, Long> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };
    private long count;

    synchronized void add(Call call) {
        if (newest.size() == MOST) {
            newest.removeFirst();
        }
        newest.addLast(call);
        counts.merge(call.keyFingerprint(), 1L, Long::sum);
        count++;
    }

    synchronized List<Call> all() {
        return List.copyOf(newest);
    }

    /** With that key, or all that there were. */
    synchronized long count(Optional<String> keyFingerprint) {
        return keyFingerprint.map(key -> counts.getOrDefault(key, 0L)).orElse(count);
    }
}
