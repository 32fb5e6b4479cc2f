package dev.latchkey.standins.providers;

/** What a provider can answer instead of doing what it was asked. */
enum Fault {
    NO_KEY,
    REFUSED_KEY,
    NO_CREDIT,
    RATE_LIMITED,
    OVERLOADED,
    BROKEN,
    MALFORMED
}
