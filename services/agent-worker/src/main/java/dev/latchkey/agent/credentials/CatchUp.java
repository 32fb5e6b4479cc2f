package dev.latchkey.agent.credentials;

import java.time.Instant;

/** The way to know what is on a topic by now. */
public interface CatchUp {
    /** Returns once everything that was published before this call is known; false when the deadline passes first. */
    boolean before(Instant deadline) throws InterruptedException;

    /** Whether everything is known that was published until a few seconds ago. Whoever can not say so has to be waited for. */
    default boolean isRecent() {
        return false;
    }

    /** Waits, unless what is known is recent. False when the deadline passes first. */
    default boolean recently(Instant deadline) throws InterruptedException {
        return isRecent() || before(deadline);
    }
}
