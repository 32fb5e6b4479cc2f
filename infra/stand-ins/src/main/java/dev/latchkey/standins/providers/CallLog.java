package dev.latchkey.standins.providers;

import java.util.ArrayDeque;
import java.util.List;

/** The latest calls, the oldest first. */
final class CallLog {
    private static final int MOST = 10_000;

    private final ArrayDeque<Call> calls = new ArrayDeque<>();

    synchronized void add(Call call) {
        if (calls.size() == MOST) {
            calls.removeFirst();
        }
        calls.addLast(call);
    }

    synchronized List<Call> all() {
        return List.copyOf(calls);
    }
}
