package dev.latchkey.sealing;

/** What became of a sealed key that was to be sealed anew. */
public sealed interface Rewrapped {
    /** The same key, sealed under a newer version of the master key, and the fingerprint that it now has. */
    record Anew(SealedKey key, String fingerprint) implements Rewrapped {}

    /** The ciphertext does not open for its owner, or not any more. */
    record Refused() implements Rewrapped {}
}
