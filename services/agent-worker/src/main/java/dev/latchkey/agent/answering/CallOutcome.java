package dev.latchkey.agent.answering;

import dev.latchkey.events.ToolCall;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a call to a provider ended. Reasons are our words, never the provider's. */
public sealed interface CallOutcome {
    /**
     * The model answered.
     *
     * @param calls the tools that it wants used before it says more; then the text is beside the point, and may be empty
     * @param modelName the model that answered, as the provider names it; null if it does not say
     */
    record Answered(
            String text,
            List<ToolCall> calls,
            Tokens tokens,
            @Nullable String modelName) implements CallOutcome {
        public Answered {
            calls = List.copyOf(calls);
        }

        /** In words alone. */
        public static Answered inWords(String text, Tokens tokens, @Nullable String modelName) {
            return new Answered(text, List.of(), tokens, modelName);
        }
    }

    /** What a call took, as the provider counts; null where it does not say. */
    record Tokens(@Nullable Long prompt, @Nullable Long completion) {
        public static Tokens unknown() {
            return new Tokens(null, null);
        }
    }

    /** The provider does not take the key. */
    record KeyRefused(String reason) implements CallOutcome {}

    /**
     * The provider asks to come back later.
     *
     * @param retryAfter how long it asks to wait; null if it does not say
     */
    record RateLimited(@Nullable Duration retryAfter) implements CallOutcome {}

    /**
     * Overload, timeout, network, or an answer that is none.
     *
     * @param retryAfter how long the provider asks to wait; null if it does not say
     */
    record Unavailable(String reason, @Nullable Duration retryAfter) implements CallOutcome {
        public Unavailable(String reason) {
            this(reason, null);
        }
    }

    /** The provider calls the request itself bad, for example the model unknown. */
    record RequestRefused(String reason) implements CallOutcome {}

    /** We did not ask, or do not take the answer. A sentence of its own: it is no word of the provider's. */
    record Declined(String sentence) implements CallOutcome {}

    /** The provider will not talk about it. */
    record ContentRefused(String reason) implements CallOutcome {}
}
