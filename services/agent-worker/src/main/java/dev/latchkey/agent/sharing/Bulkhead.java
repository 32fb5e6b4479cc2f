package dev.latchkey.agent.sharing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CountDownLatch;

/** The places of one server, given in the order in which they were asked for. */
final class Bulkhead {
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final SequencedSet<CountDownLatch> queue = new LinkedHashSet<>();
    private int free;
    private Instant lastEnd;
    /** How many have a place or want one. */
    private int users;

    Bulkhead(int places, Instant now) {
        this.free = places;
        this.lastEnd = now;
    }

    /** What opens when its place is free, which may be now. */
    synchronized CountDownLatch ask() {
        if (free > 0) {
            free--;
            return new CountDownLatch(0);
        }
        var turn = new CountDownLatch(1);
        queue.add(turn);
        return turn;
    }

    /** False when the place has been given already. */
    synchronized boolean withdraw(CountDownLatch turn) {
        return queue.remove(turn);
    }

    synchronized void end(Instant now) {
        lastEnd = now;
        if (queue.isEmpty()) {
            free++;
        } else {
            queue.removeFirst().countDown();
        }
    }

    /** Whether every place is taken and none has become free for a while: one of many calls always ends sooner. */
    synchronized boolean isStuck(Instant now) {
        return free == 0 && lastEnd.plus(STUCK).isBefore(now);
    }

    synchronized Bulkhead joined() {
        users++;
        return this;
    }

    /** Whether nobody is left. */
    synchronized boolean isLeftByTheLast() {
        users--;
        return users == 0;
    }
}
