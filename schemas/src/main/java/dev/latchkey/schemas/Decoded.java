package dev.latchkey.schemas;

/** What a record's value turned out to be. */
public sealed interface Decoded<V> {
    record Event<V>(V value) implements Decoded<V> {}

    /** The value is no event of its topic. */
    record Undecodable<V>(String detail) implements Decoded<V> {}
}
