package dev.latchkey.sealing.caching;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts changes by owner, in bounded memory: some owners share a count, so that one may see another's changes. */
final class Forgettings {
    private static final int COUNTS = 1 << 12;

    private final AtomicLongArray counts = new AtomicLongArray(COUNTS);

    void add(Object owner) {
        counts.incrementAndGet(place(owner));
    }

    long of(Object owner) {
        return counts.get(place(owner));
    }

    private static int place(Object owner) {
        int hash = owner.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNTS - 1);
    }
}
