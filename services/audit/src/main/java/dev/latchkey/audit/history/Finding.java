package dev.latchkey.audit.history;

import java.util.UUID;

/** Something that a sound history does not contain. */
public sealed interface Finding {
    /** The record at which it was noticed. */
    Place place();

    /** The entries from {@code first} to {@code last} of a user's history were not there when the next one was. */
    record Missing(Place place, UUID userId, long first, long last) implements Finding {}

    /** The entry just before has the same number. */
    record Repeated(Place place, UUID userId, long sequence) implements Finding {}

    /** An entry stands behind later ones. */
    record OutOfOrder(Place place, UUID userId, long sequence, long expected) implements Finding {}

    /** The entry has no hash, so that nobody can say whether it is as it was written. */
    record Unchained(Place place, UUID userId, long sequence) implements Finding {}

    /** The entry is not as it was written: its hash is not that of its fields. */
    record Altered(Place place, UUID userId, long sequence) implements Finding {}

    /** The entry was not written after the one that stands before it: that one has another hash than it names. */
    record Unlinked(Place place, UUID userId, long sequence) implements Finding {}

    /** The change of one user is filed under the key of another; it counts for neither. */
    record Misfiled(Place place, UUID userId, String key) implements Finding {}

    /** Nobody can say what the record was, or whose. */
    record Unreadable(Place place, String reason) implements Finding {}
}
