package dev.latchkey.api.rewrap;

import dev.latchkey.sealing.MasterKey;
import java.util.List;
import java.util.UUID;

/** How a rewrap ended. Whatever it did stays done; unless it completed, old versions of the master key still open. */
public sealed interface Outcome {
    /** How many keys were sealed anew in this run. */
    long rewrapped();

    /** Every key is sealed under {@code before.newest()}, and nothing older opens any more. */
    record Completed(long rewrapped, MasterKey.Versions before) implements Outcome {}

    /** The same is true of every key under this master key; so many others are under one of another name, which nobody opens. */
    record Elsewhere(long rewrapped, MasterKey.Versions before, long keys) implements Outcome {}

    /** These keys, each named as {@link SealedKeys.Stored#id} says, do not open for their owners: they can not be sealed anew. */
    record Unopenable(long rewrapped, List<UUID> keys) implements Outcome {
        public Unopenable {
            keys = List.copyOf(keys);
        }
    }

    /** Nothing was published for a long time. */
    record Unpublished(long rewrapped) implements Outcome {}

    /** Whoever reads the topic still knows so many keys that are sealed under an old version. */
    record Behind(long rewrapped, long keys) implements Outcome {}
}
