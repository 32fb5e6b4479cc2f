package dev.latchkey.agent.credentials;

import dev.latchkey.events.KeyUsed;

/** Where every opening of a key, and every use of the system's, is kept on record. */
@FunctionalInterface
public interface UseLog {
    /** Returns once it is on record for good. */
    void put(KeyUsed use) throws InterruptedException;
}
