package dev.latchkey.agent.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.CallOutcome.Tokens;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an exchange means. Decided by status and code alone, told in our own words. */
final class Verdict {
    private static final Set<String> REFUSES_KEY = Set.of("API_KEY_INVALID", "invalid_api_key");
    private static final Set<String> REFUSES_CONTENT = Set.of(
            "content_filter",
            "content_policy_violation",
            "ResponsibleAIPolicyViolation",
            "refusal",
            "SAFETY",
            "PROHIBITED_CONTENT",
            "BLOCKLIST",
            "SPII",
            "RECITATION");
    /** In characters: in UTF-8 it still fits into one record of a broker with default limits. */
    private static final int LONGEST_ANSWER = 200_000;

    private static final int LONGEST_MODEL_NAME = 200;

    private static final CallOutcome CONTENT_REFUSED =
            new CallOutcome.ContentRefused("the provider refuses the content");

    private Verdict() {}

    static CallOutcome of(Exchange exchange, ChatResponse response) {
        if (contains(REFUSES_CONTENT, exchange.codes())) {
            return CONTENT_REFUSED;
        }
        var text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            return new CallOutcome.Unavailable("the provider gave an empty answer");
        }
        if (text.length() > LONGEST_ANSWER) {
            return new CallOutcome.Declined("The answer is longer than " + LONGEST_ANSWER + " characters.");
        }
        return CallOutcome.Answered.inWords(
                text,
                tokens(response.tokenUsage()),
                modelName(response.metadata().modelName()));
    }

    static CallOutcome withoutAnswer(Exchange exchange) {
        return switch (exchange) {
            case Exchange.NotMade() -> new CallOutcome.Declined("The task can not be put to the provider.");
            case Exchange.Answered(var codes) ->
                contains(REFUSES_CONTENT, codes)
                        ? CONTENT_REFUSED
                        : new CallOutcome.Unavailable("the provider's answer can not be read");
            case Exchange.Refused refused -> refused(refused);
            case Exchange.TimedOut() -> new CallOutcome.Unavailable("the provider did not answer in time");
            case Exchange.Forbidden() -> new CallOutcome.Declined("The base URL is no public address.");
            case Exchange.Broken() -> new CallOutcome.Unavailable("the connection to the provider failed");
        };
    }

    private static CallOutcome refused(Exchange.Refused refused) {
        int status = refused.status();
        if (status == 401 || status == 403 || contains(REFUSES_KEY, refused.codes())) {
            return new CallOutcome.KeyRefused("the provider refuses the key (status " + status + ")");
        }
        if (contains(REFUSES_CONTENT, refused.codes())) {
            return CONTENT_REFUSED;
        }
        if (status == 429) {
            return new CallOutcome.RateLimited(refused.retryAfter());
        }
        if (status == 408 || status >= 500) {
            return new CallOutcome.Unavailable("the provider answered with status " + status);
        }
        return new CallOutcome.RequestRefused(requestRefusal(status));
    }

    private static String requestRefusal(int status) {
        return status == 404
                ? "the provider does not know the model (status 404)"
                : "the provider refuses the request (status " + status + ")";
    }

    private static boolean contains(Set<String> some, Set<String> codes) {
        return !Collections.disjoint(some, codes);
    }

    private static Tokens tokens(@Nullable TokenUsage usage) {
        return usage == null
                ? Tokens.unknown()
                : new Tokens(count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    /** What is no name is left out: it would not fit beside the answer. */
    private static @Nullable String modelName(@Nullable String name) {
        return name == null || name.length() > LONGEST_MODEL_NAME ? null : name;
    }

    private static @Nullable Long count(@Nullable Integer tokens) {
        return tokens == null ? null : tokens.longValue();
    }
}
