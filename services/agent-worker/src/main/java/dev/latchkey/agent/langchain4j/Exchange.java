package dev.latchkey.agent.langchain4j;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What was seen of one HTTP exchange: everything that an outcome is decided by, and no word that the provider wrote. */
sealed interface Exchange {
    /** The request could not even be built. */
    record NotMade() implements Exchange {}

    record Answered(Meaning meaning) implements Exchange {}

    /**
     * An answer that is no success.
     *
     * @param retryAfter how long the provider asks to wait; null if it does not say
     */
    record Refused(int status, Meaning meaning, @Nullable Duration retryAfter) implements Exchange {}

    record TimedOut() implements Exchange {}

    /** The address is a user's and not public: nobody was asked. */
    record Forbidden() implements Exchange {}

    /** No connection, or one that broke. */
    record Broken() implements Exchange {}
}
