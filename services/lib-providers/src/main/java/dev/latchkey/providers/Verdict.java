package dev.latchkey.providers;

/** What became of asking a provider about a key. */
public sealed interface Verdict {
    record Accepted() implements Verdict {}

    record Refused() implements Verdict {}

    /** The provider did not say: no answer, not in time, or an answer about something else. */
    record Unreachable() implements Verdict {}

    /** The provider was not asked: its address is none that this service may call. */
    record Forbidden(String why) implements Verdict {}
}
