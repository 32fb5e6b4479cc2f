package dev.latchkey.agent.answering;

import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.ContentRefused;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RequestRefused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Outcomes of calls as the events that tell of them. */
final class Outcomes {
    private Outcomes() {}

    static Object event(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Answered(var text, var _, var tokens, var modelName) ->
                new AnswerGiven(text, tokens.prompt(), tokens.completion(), modelName);
            case CallOutcome.KeyRefused(var reason) -> new KeyRefused(reason);
            case CallOutcome.RateLimited(var retryAfter) -> new RateLimited(millis(retryAfter));
            case CallOutcome.Unavailable(var reason, var retryAfter) ->
                new ProviderUnavailable(reason, millis(retryAfter));
            case CallOutcome.RequestRefused(var reason) -> new RequestRefused(reason, false);
            case CallOutcome.Declined(var sentence) -> new RequestRefused(sentence, true);
            case CallOutcome.ContentRefused(var reason) -> new ContentRefused(reason);
        };
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
