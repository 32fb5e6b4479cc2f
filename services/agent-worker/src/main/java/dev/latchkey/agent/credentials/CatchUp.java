package dev.latchkey.agent.credentials;

import java.time.Instant;

/** The way to know what is on the credentials topic by now. */
public interface CatchUp {
    /** Returns once everything that was published before this call is known; false when the deadline passes first. */
    boolean before(Instant deadline) throws InterruptedException;
}
