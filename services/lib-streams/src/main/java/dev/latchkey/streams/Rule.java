package dev.latchkey.streams;

import java.util.Optional;

/** What must hold for an event beyond its schema. */
@FunctionalInterface
public interface Rule<V> {
    /** The rule that the event breaks, in one sentence without the event's content; empty for a good event. */
    Optional<String> brokenBy(String key, V event);
}
