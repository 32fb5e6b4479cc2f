package dev.latchkey.sealing;

/** What became of a sealed key that was to be sealed anew. */
public sealed interface Rewrapped {
    /** The same key, sealed under a newer version of the master key. */
    record Anew(String ciphertext) implements Rewrapped {}

    /** The ciphertext does not open for its owner, or not any more. */
    record Refused() implements Rewrapped {}
}
