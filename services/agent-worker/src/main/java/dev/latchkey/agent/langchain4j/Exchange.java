package dev.latchkey.agent.langchain4j;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one HTTP exchange: everything that an outcome is decided by. Codes are the machine-readable words of
 * a body, such as {@code API_KEY_INVALID}; its sentences are not kept.
 */
sealed interface Exchange {
    /** None unless a body was read. */
    default Set<String> codes() {
        return Set.of();
    }

    /** The request could not even be built. */
    record NotMade() implements Exchange {}

    record Answered(Set<String> codes) implements Exchange {}

    /**
     * An answer that is no success.
     *
     * @param retryAfter how long the provider asks to wait; null if it does not say
     */
    record Refused(int status, Set<String> codes, @Nullable Duration retryAfter) implements Exchange {}

    record TimedOut() implements Exchange {}

    /** The address is a user's and not public: nobody was asked. */
    record Forbidden() implements Exchange {}

    /** No connection, or one that broke. */
    record Broken() implements Exchange {}
}
