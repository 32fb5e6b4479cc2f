package dev.latchkey.sealing;

/** What became of a sealed key. */
public sealed interface Unsealed {
    /** The key; whoever asked for it wipes it after use. */
    record Opened(ApiKey key) implements Unsealed {}

    /** It does not open for this owner or not for this service, and asking again changes nothing. */
    record Refused(String why) implements Unsealed {}
}
