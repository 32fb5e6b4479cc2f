package dev.latchkey.agent.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.CallOutcome.Tokens;
import dev.latchkey.events.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an exchange comes to. Decided by status and meaning alone, told in our own words. */
final class Verdict {
    /** In characters: in UTF-8 it still fits into one record of a broker with default limits. */
    private static final int LONGEST_ANSWER = 200_000;

    private static final int LONGEST_MODEL_NAME = 200;

    /** Asking again would be billed again and end at the same place; what there is was paid for. */
    private static final String ENDS_HERE = "\n\n[The answer ends here: the model had reached its limit of tokens.]";

    private static final CallOutcome CONTENT_REFUSED =
            new CallOutcome.ContentRefused("the provider refuses the content");
    private static final CallOutcome TOO_LONG =
            new CallOutcome.Declined("The answer is longer than " + LONGEST_ANSWER + " characters.");
    /** A call that was cut off can still be read, as another one than the model wanted. */
    private static final CallOutcome CUT_OFF_IN_CALLS =
            new CallOutcome.Declined("The answer was cut off by the limit of tokens within the calls of tools.");

    private static final CallOutcome CUT_OFF_BEFORE_IT_BEGAN =
            new CallOutcome.Declined("The answer was cut off by the limit of tokens before it began.");
    private static final CallOutcome CALL_UNREADABLE =
            new CallOutcome.Unavailable("the model's call of a tool can not be read");

    private Verdict() {}

    static CallOutcome of(Exchange exchange, ChatResponse response, WantedCalls wanted) {
        if (!(exchange instanceof Exchange.Answered(var meaning))) {
            return withoutAnswer(exchange);
        }
        if (meaning == Meaning.CONTENT_REFUSED) {
            return CONTENT_REFUSED;
        }
        var message = response.aiMessage();
        if (message.hasToolExecutionRequests()) {
            return inCalls(meaning, response, wanted);
        }
        return message.text() == null || message.text().isBlank()
                ? silence(meaning, "the provider gave an empty answer")
                : inWords(meaning == Meaning.CUT_OFF ? message.text() + ENDS_HERE : message.text(), response);
    }

    static CallOutcome withoutAnswer(Exchange exchange) {
        return switch (exchange) {
            case Exchange.NotMade() -> new CallOutcome.Declined("The task can not be put to the provider.");
            case Exchange.Answered(var meaning) -> silence(meaning, "the provider's answer can not be read");
            case Exchange.Refused refused -> refused(refused);
            case Exchange.TimedOut() -> new CallOutcome.Unavailable("the provider did not answer in time");
            case Exchange.Forbidden() -> new CallOutcome.Declined("The base URL is no public address.");
            case Exchange.Broken() -> new CallOutcome.Unavailable("the connection to the provider failed");
        };
    }

    private static CallOutcome inCalls(Meaning meaning, ChatResponse response, WantedCalls wanted) {
        if (meaning == Meaning.CUT_OFF) {
            return CUT_OFF_IN_CALLS;
        }
        List<ToolExecutionRequest> requests = response.aiMessage().toolExecutionRequests();
        return wanted.in(requests)
                .map(calls ->
                        answered(Objects.requireNonNullElse(response.aiMessage().text(), ""), calls, response))
                .orElse(CALL_UNREADABLE);
    }

    private static CallOutcome inWords(String text, ChatResponse response) {
        return answered(text, List.of(), response);
    }

    private static CallOutcome answered(String text, List<ToolCall> calls, ChatResponse response) {
        int length = text.length() + calls.stream().mapToInt(Verdict::length).sum();
        return length > LONGEST_ANSWER
                ? TOO_LONG
                : new CallOutcome.Answered(
                        text,
                        calls,
                        tokens(response.tokenUsage()),
                        modelName(response.metadata().modelName()));
    }

    private static int length(ToolCall call) {
        return call.getCallId().length()
                + call.getTool().length()
                + call.getArguments().length()
                + Objects.requireNonNullElse(call.getSignature(), "").length();
    }

    private static CallOutcome silence(Meaning meaning, String reason) {
        return switch (meaning) {
            case CONTENT_REFUSED -> CONTENT_REFUSED;
            case CUT_OFF -> CUT_OFF_BEFORE_IT_BEGAN;
            case CALL_UNREADABLE -> CALL_UNREADABLE;
            case KEY_REFUSED, NO_CREDIT, NOT_SERVED_HERE, MODEL_UNKNOWN, TOO_LONG, NONE ->
                new CallOutcome.Unavailable(reason);
        };
    }

    private static CallOutcome refused(Exchange.Refused refused) {
        int status = refused.status();
        return switch (refused.meaning()) {
            case KEY_REFUSED -> keyRefused(status);
            case NO_CREDIT -> withoutCredit(status);
            case NOT_SERVED_HERE -> requestRefused("the provider does not serve where the worker runs", status);
            case MODEL_UNKNOWN -> modelUnknown(status);
            case TOO_LONG -> tooLong(status);
            case CONTENT_REFUSED -> CONTENT_REFUSED;
            case CUT_OFF, CALL_UNREADABLE, NONE -> byStatus(status, refused.retryAfter());
        };
    }

    private static CallOutcome byStatus(int status, @Nullable Duration retryAfter) {
        return switch (status) {
            case 401, 403 -> keyRefused(status);
            case 402 -> withoutCredit(status);
            case 404 -> modelUnknown(status);
            case 408 -> unavailable(status, retryAfter);
            case 413 -> tooLong(status);
            case 429 -> new CallOutcome.RateLimited(retryAfter);
            default ->
                status >= 500
                        ? unavailable(status, retryAfter)
                        : requestRefused("the provider refuses the request", status);
        };
    }

    private static CallOutcome keyRefused(int status) {
        return new CallOutcome.KeyRefused("the provider refuses the key (status " + status + ")");
    }

    /** The key's owner has to act before any request with it is answered, as with a key that was withdrawn. */
    private static CallOutcome withoutCredit(int status) {
        return new CallOutcome.KeyRefused("the account of the key has no credit left (status " + status + ")");
    }

    private static CallOutcome modelUnknown(int status) {
        return requestRefused("the provider does not know the model", status);
    }

    private static CallOutcome tooLong(int status) {
        return requestRefused("the conversation is too long for the model", status);
    }

    private static CallOutcome requestRefused(String reason, int status) {
        return new CallOutcome.RequestRefused(reason + " (status " + status + ")");
    }

    private static CallOutcome unavailable(int status, @Nullable Duration retryAfter) {
        return new CallOutcome.Unavailable("the provider answered with status " + status, retryAfter);
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
