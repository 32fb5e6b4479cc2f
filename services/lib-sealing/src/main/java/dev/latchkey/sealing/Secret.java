package dev.latchkey.sealing;

import java.util.Optional;

/** Something that is held in plain for a while and then overwritten. */
public interface Secret<S extends Secret<S>> {
    /** The same secret, to be wiped apart from this one; empty once this one is wiped. */
    Optional<S> copy();

    /** Overwrites it. The JVM may still hold copies of what was handed out. */
    void wipe();
}
