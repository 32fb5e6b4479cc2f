package dev.latchkey.api.rewrap;

import dev.latchkey.sealing.MasterKey;
import java.util.List;
import java.util.UUID;

/** How a rewrap ended. Whatever it did stays done; unless it completed, old versions of the master key still open. */
public sealed interface Outcome {
    /** How many credentials were sealed anew in this run. */
    long rewrapped();

    /** Every key is sealed under {@code after.newest()}, and nothing older opens any more. */
    record Completed(long rewrapped, MasterKey.Versions before) implements Outcome {}

    /** The sealed keys of these active credentials do not open for their owners, so they can not be sealed anew. */
    record Unopenable(long rewrapped, List<UUID> credentials) implements Outcome {
        public Unopenable {
            credentials = List.copyOf(credentials);
        }
    }

    /** Nothing was published for a long time. */
    record Unpublished(long rewrapped) implements Outcome {}

    /** The topic still knows so many active credentials with keys that are sealed under an old version. */
    record Behind(long rewrapped, long credentials) implements Outcome {}
}
