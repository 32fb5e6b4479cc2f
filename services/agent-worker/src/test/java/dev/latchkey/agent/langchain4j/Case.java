package dev.latchkey.agent.langchain4j;

import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.langchain4j.LocalServer.Delivery;
import dev.latchkey.agent.langchain4j.LocalServer.Reply;
import dev.latchkey.events.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A way in which a provider can answer, and what must come of it. */
record Case(Wire wire, String name, Reply reply, CallOutcome outcome) {
    /** Long enough for a busy machine to put the question, and waited for wherever nobody answers in time. */
    static final Duration SHORT = Duration.ofSeconds(2);

    private static final CallOutcome.Tokens USED = new CallOutcome.Tokens(12L, 34L);
    private static final String MODEL = "the-model-2024";
    private static final String ARGUMENTS = "{\"symbol\":\"AAPL\"}";
    private static final CallOutcome CONTENT_REFUSED =
            new CallOutcome.ContentRefused("the provider refuses the content");
    private static final CallOutcome TOO_LATE = new CallOutcome.Unavailable("the provider did not answer in time");
    private static final CallOutcome BROKEN = new CallOutcome.Unavailable("the connection to the provider failed");
    private static final CallOutcome UNREADABLE = new CallOutcome.Unavailable("the provider's answer can not be read");
    private static final CallOutcome CALL_UNREADABLE =
            new CallOutcome.Unavailable("the model's call of a tool can not be read");
    private static final CallOutcome CUT_OFF_IN_CALLS =
            new CallOutcome.Declined("The answer was cut off by the limit of tokens within the calls of tools.");

    static List<Case> all() {
        var same = Stream.of(Wire.values())
                .flatMap(wire -> Stream.of(statuses(wire), answers(wire), toolCalls(wire), deliveries(wire))
                        .flatMap(cases -> cases));
        return Stream.of(same, openAi(Wire.OPENAI), openAi(Wire.OPENAI_COMPATIBLE), gemini(), anthropic())
                .flatMap(cases -> cases)
                .toList();
    }

    /** The same answer piece by piece, and what comes of it; errors come whole. */
    Case streamed() {
        return reply.status() == 200
                ? new Case(wire, name, reply.with(EventStream.of(wire, reply.body())), streamedOutcome())
                : this;
    }

    /** Those that there are only piece by piece. */
    static List<Case> onlyStreamed() {
        return Stream.of(Wire.values())
                .flatMap(wire -> Stream.of(
                        of(wire, "ends without an end", withoutEnd(wire), UNREADABLE),
                        of(wire, "an error in the middle", withErrorInTheMiddle(wire), UNREADABLE),
                        of(wire, "an event that is no JSON", withNoJsonInTheMiddle(wire), UNREADABLE),
                        of(wire, "a call cut off within its arguments", cutOffInArguments(wire), CUT_OFF_IN_CALLS)))
                .toList();
    }

    /** All the rest comes, up to the end. */
    private static String withNoJsonInTheMiddle(Wire wire) {
        var whole = EventStream.of(wire, wire.answer("Well."));
        int middle = withoutEnd(wire).length();
        var event = wire == Wire.ANTHROPIC ? "event: content_block_delta\n" : "";
        return whole.substring(0, middle) + event + "data: {" + Wire.ECHO + "\n\n" + whole.substring(middle);
    }

    /** Gemini sends arguments whole or not at all: there, the end comes in an event of its own. */
    private static String cutOffInArguments(Wire wire) {
        var whole = EventStream.of(wire, wire.call("call_7", ARGUMENTS, wire.cutOff()));
        var secondHalf = ARGUMENTS.substring(ARGUMENTS.length() / 2).replace("\"", "\\\"");
        return switch (wire) {
            case OPENAI, OPENAI_COMPATIBLE, ANTHROPIC -> whole.replace(secondHalf, "");
            case GOOGLE -> {
                var end = ",\"finishReason\":\"MAX_TOKENS\"";
                yield whole.replace(end, "") + "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]}" + end
                        + "}]}\n\n";
            }
        };
    }

    private static String withoutEnd(Wire wire) {
        var whole = EventStream.of(wire, wire.answer("Well."));
        return switch (wire) {
            case OPENAI, OPENAI_COMPATIBLE, ANTHROPIC ->
                whole.substring(
                        0,
                        whole.indexOf(
                                wire == Wire.ANTHROPIC ? "event: content_block_stop" : "data: ",
                                whole.indexOf("l.\"")));
            case GOOGLE -> whole.substring(0, whole.indexOf("data: ", 1));
        };
    }

    private static String withErrorInTheMiddle(Wire wire) {
        return withoutEnd(wire) + (wire == Wire.ANTHROPIC ? "event: error\n" : "") + "data: "
                + wire.error("overloaded_error") + "\n\n";
    }

    /** In pieces, arguments are text to langchain4j, whatever they say, and a name is what it can not do without. */
    private CallOutcome streamedOutcome() {
        return switch (name) {
            case "arguments that are no object" -> wire == Wire.ANTHROPIC ? CALL_UNREADABLE : outcome;
            case "a call without a name" -> wire == Wire.GOOGLE ? outcome : UNREADABLE;
            default -> outcome;
        };
    }

    Duration patience() {
        return outcome.equals(TOO_LATE) ? SHORT : Duration.ofSeconds(30);
    }

    @Override
    public String toString() {
        return wire + ": " + name;
    }

    private static Stream<Case> statuses(Wire wire) {
        return Stream.of(
                status(wire, 400, new CallOutcome.RequestRefused("the provider refuses the request (status 400)")),
                status(wire, 401, new CallOutcome.KeyRefused("the provider refuses the key (status 401)")),
                status(wire, 402, new CallOutcome.KeyRefused("the account of the key has no credit left (status 402)")),
                status(wire, 403, new CallOutcome.KeyRefused("the provider refuses the key (status 403)")),
                status(wire, 404, new CallOutcome.RequestRefused("the provider does not know the model (status 404)")),
                status(wire, 408, new CallOutcome.Unavailable("the provider answered with status 408")),
                status(
                        wire,
                        413,
                        new CallOutcome.RequestRefused("the conversation is too long for the model (status 413)")),
                status(wire, 302, new CallOutcome.RequestRefused("the provider refuses the request (status 302)")),
                status(wire, 500, new CallOutcome.Unavailable("the provider answered with status 500")),
                status(wire, 503, new CallOutcome.Unavailable("the provider answered with status 503")),
                status(wire, 529, new CallOutcome.Unavailable("the provider answered with status 529")),
                status(wire, 429, new CallOutcome.RateLimited(null)),
                limited(wire, "7", Duration.ofSeconds(7)),
                limited(wire, "Tue, 24 Nov 2026 10:00:30 GMT", Duration.ofSeconds(30)),
                limited(wire, "Tue, 24 Nov 2026 09:00:00 GMT", Duration.ZERO),
                away(wire, 500, "7", Duration.ofSeconds(7)),
                away(wire, 503, "7", Duration.ofSeconds(7)),
                away(wire, 503, "Tue, 24 Nov 2026 10:00:30 GMT", Duration.ofSeconds(30)),
                away(wire, 503, "Tue, 24 Nov 2026 09:00:00 GMT", Duration.ZERO),
                away(wire, 503, "somewhen", null),
                away(wire, 529, "7", Duration.ofSeconds(7)),
                away(wire, 529, "Tue, 24 Nov 2026 10:00:30 GMT", Duration.ofSeconds(30)),
                new Case(
                        wire,
                        "429 until somewhen",
                        Reply.of(429, wire.error("x")).with("Retry-After", "somewhen"),
                        new CallOutcome.RateLimited(null)));
    }

    private static Stream<Case> answers(Wire wire) {
        return Stream.of(
                answered(wire, "in words", wire.answer("Well."), "Well."),
                answered(wire, "longest", wire.answer("x".repeat(200_000)), "x".repeat(200_000)),
                of(
                        wire,
                        "longer than the longest",
                        wire.answer("x".repeat(200_001)),
                        new CallOutcome.Declined("The answer is longer than 200000 characters.")),
                of(
                        wire,
                        "from a model whose name is none",
                        wire.answer("Well.").replace(MODEL, "m".repeat(201)),
                        CallOutcome.Answered.inWords("Well.", USED, null)),
                answered(
                        wire,
                        "cut off by the limit of tokens",
                        wire.answer("Well, it", wire.cutOff()),
                        "Well, it\n\n[The answer ends here: the model had reached its limit of tokens.]"),
                of(
                        wire,
                        "cut off before it began",
                        wire.answer("", wire.cutOff()),
                        new CallOutcome.Declined("The answer was cut off by the limit of tokens before it began.")),
                of(wire, "empty", wire.answer(""), new CallOutcome.Unavailable("the provider gave an empty answer")),
                of(wire, "an empty object", "{}", UNREADABLE),
                of(wire, "no JSON", "<html>" + Wire.ECHO, UNREADABLE),
                of(wire, "half an answer that says it is whole", half(wire.answer(Wire.ECHO)), UNREADABLE));
    }

    private static Stream<Case> toolCalls(Wire wire) {
        var call = new ToolCall(wire == Wire.GOOGLE ? "call-1-1" : "call_7", "prices", ARGUMENTS, null);
        return Stream.of(
                of(
                        wire,
                        "a call and no text",
                        wire.call("call_7", ARGUMENTS, wire.calling()),
                        new CallOutcome.Answered("", List.of(call), USED, MODEL)),
                of(
                        wire,
                        "a call cut off by the limit of tokens",
                        wire.call("call_7", "{}", wire.cutOff()),
                        CUT_OFF_IN_CALLS),
                of(
                        wire,
                        "a call without a name",
                        wire.call("call_7", ARGUMENTS, wire.calling()).replace("\"prices\"", "\"\""),
                        CALL_UNREADABLE),
                of(
                        wire,
                        "a call longer than the longest answer",
                        wire.call("call_7", "{\"symbol\":\"" + "x".repeat(200_000) + "\"}", wire.calling()),
                        new CallOutcome.Declined("The answer is longer than 200000 characters.")));
    }

    private static Stream<Case> deliveries(Wire wire) {
        return Stream.of(Delivery.values())
                .filter(delivery -> delivery != Delivery.WHOLE)
                .map(delivery -> new Case(
                        wire,
                        delivery.name(),
                        Reply.of(200, wire.answer("Well.")).by(delivery),
                        switch (delivery) {
                            case HANGS_BEFORE_THE_STATUS, HANGS_WITHIN_THE_BODY, DRIPS -> TOO_LATE;
                            case ENDS_WITHIN_THE_BODY, RESETS_BEFORE_THE_STATUS, RESETS_WITHIN_THE_BODY -> BROKEN;
                            case WHOLE -> throw new AssertionError(delivery);
                        }));
    }

    private static Stream<Case> openAi(Wire wire) {
        return Stream.of(
                openAiError(wire, 401, "invalid_request_error", "invalid_api_key", keyRefused(401)),
                openAiError(wire, 429, "insufficient_quota", "insufficient_quota", withoutCredit(429)),
                openAiError(wire, 400, "invalid_request_error", "billing_hard_limit_reached", withoutCredit(400)),
                openAiError(wire, 429, "requests", "rate_limit_exceeded", new CallOutcome.RateLimited(null)),
                openAiError(wire, 404, "invalid_request_error", "model_not_found", modelUnknown(404)),
                openAiError(wire, 403, "invalid_request_error", "model_not_found", modelUnknown(403)),
                openAiError(
                        wire,
                        403,
                        "request_forbidden",
                        "unsupported_country_region_territory",
                        new CallOutcome.RequestRefused(
                                "the provider does not serve where the worker runs (status 403)")),
                openAiError(wire, 400, "invalid_request_error", "context_length_exceeded", tooLong(400)),
                openAiError(wire, 400, "invalid_request_error", "content_policy_violation", CONTENT_REFUSED),
                openAiError(wire, 400, "invalid_request_error", "invalid_prompt", CONTENT_REFUSED),
                new Case(wire, "Azure's content filter", Reply.of(400, """
                                {"error":{"message":"You sent %s","type":null,"param":"prompt","code":null,"status":400,\
                                "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}}""".formatted(Wire.ECHO)), CONTENT_REFUSED),
                new Case(
                        wire,
                        "429 with milliseconds",
                        Reply.of(429, wire.error("rate_limit_exceeded")).with("Retry-After-Ms", "250"),
                        new CallOutcome.RateLimited(Duration.ofMillis(250))),
                new Case(
                        wire,
                        "503 with milliseconds",
                        Reply.of(503, wire.error("x")).with("Retry-After-Ms", "250"),
                        new CallOutcome.Unavailable("the provider answered with status 503", Duration.ofMillis(250))),
                of(wire, "content filter", wire.answer("I wi", "content_filter"), CONTENT_REFUSED),
                of(
                        wire,
                        "refusal",
                        wire.answer("").replace("\"refusal\":null", "\"refusal\":\"I will not: " + Wire.ECHO + "\""),
                        CONTENT_REFUSED),
                answered(
                        wire,
                        "with an empty refusal",
                        wire.answer("Well.").replace("\"refusal\":null", "\"refusal\":\"\""),
                        "Well."),
                of(
                        wire,
                        "arguments cut off by the limit of tokens",
                        wire.call("call_7", "{\"symbol\":\"AA", "length"),
                        CUT_OFF_IN_CALLS),
                of(
                        wire,
                        "arguments cut off without saying so",
                        wire.call("call_7", "{\"symbol\":\"AA", "tool_calls"),
                        CALL_UNREADABLE),
                of(wire, "arguments that are no JSON", wire.call("call_7", "AAPL", "tool_calls"), CALL_UNREADABLE),
                of(wire, "arguments that are no object", wire.call("call_7", "[1]", "tool_calls"), CALL_UNREADABLE),
                of(
                        wire,
                        "no arguments",
                        wire.call("call_7", "", "tool_calls"),
                        new CallOutcome.Answered(
                                "", List.of(new ToolCall("call_7", "prices", "{}", null)), USED, MODEL)));
    }

    private static Stream<Case> gemini() {
        var wire = Wire.GOOGLE;
        return Stream.of(
                geminiError(400, "INVALID_ARGUMENT", "API_KEY_INVALID", keyRefused(400)),
                geminiError(403, "PERMISSION_DENIED", "API_KEY_SERVICE_BLOCKED", keyRefused(403)),
                geminiError(403, "PERMISSION_DENIED", "BILLING_DISABLED", withoutCredit(403)),
                geminiError(404, "NOT_FOUND", "", modelUnknown(404)),
                geminiError(
                        400,
                        "FAILED_PRECONDITION",
                        "",
                        new CallOutcome.RequestRefused("the provider refuses the request (status 400)")),
                geminiError(429, "RESOURCE_EXHAUSTED", "", new CallOutcome.RateLimited(null)),
                geminiError(
                        503, "UNAVAILABLE", "", new CallOutcome.Unavailable("the provider answered with status 503")),
                new Case(
                        wire,
                        "429 RESOURCE_EXHAUSTED with RetryInfo",
                        Reply.of(429, """
                                {"error":{"code":429,"message":"You sent %s","status":"RESOURCE_EXHAUSTED","details":[\
                                {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[\
                                {"quotaId":"GenerateRequestsPerMinutePerProjectPerModel"}]},\
                                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"17.5s"}]}}""".formatted(Wire.ECHO)),
                        new CallOutcome.RateLimited(Duration.ofMillis(17_500))),
                new Case(
                        wire,
                        "503 UNAVAILABLE with RetryInfo",
                        Reply.of(503, """
                                {"error":{"code":503,"message":"You sent %s","status":"UNAVAILABLE","details":[\
                                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"17.5s"}]}}""".formatted(Wire.ECHO)),
                        new CallOutcome.Unavailable(
                                "the provider answered with status 503", Duration.ofMillis(17_500))),
                blocked("SAFETY"),
                blocked("OTHER"),
                of(wire, "SAFETY", wire.answer("I wi", "SAFETY"), CONTENT_REFUSED),
                of(
                        wire,
                        "SAFETY without content",
                        "{\"candidates\":[{\"finishReason\":\"SAFETY\",\"index\":0}]}",
                        CONTENT_REFUSED),
                of(wire, "RECITATION", wire.answer("", "RECITATION"), CONTENT_REFUSED),
                of(
                        wire,
                        "MAX_TOKENS without content",
                        "{\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"MAX_TOKENS\"}]}",
                        new CallOutcome.Declined("The answer was cut off by the limit of tokens before it began.")),
                of(
                        wire,
                        "a call with a signature longer than the longest answer",
                        wire.call("", ARGUMENTS, "STOP")
                                .replace(
                                        "\"args\":" + ARGUMENTS + "}",
                                        "\"args\":" + ARGUMENTS + "},\"thoughtSignature\":\"" + "x".repeat(200_000)
                                                + "\""),
                        new CallOutcome.Declined("The answer is longer than 200000 characters.")),
                malformed("MALFORMED_FUNCTION_CALL"),
                malformed("UNEXPECTED_TOOL_CALL"),
                of(wire, "arguments that are no object", wire.call("", "\"AAPL\"", "STOP"), UNREADABLE));
    }

    private static Stream<Case> anthropic() {
        var wire = Wire.ANTHROPIC;
        return Stream.of(
                error(wire, 401, "authentication_error", keyRefused(401)),
                error(wire, 403, "permission_error", keyRefused(403)),
                error(wire, 402, "billing_error", withoutCredit(402)),
                error(wire, 404, "not_found_error", modelUnknown(404)),
                error(wire, 413, "request_too_large", tooLong(413)),
                error(
                        wire,
                        400,
                        "invalid_request_error",
                        new CallOutcome.RequestRefused("the provider refuses the request (status 400)")),
                error(wire, 429, "rate_limit_error", new CallOutcome.RateLimited(null)),
                error(wire, 500, "api_error", new CallOutcome.Unavailable("the provider answered with status 500")),
                error(
                        wire,
                        529,
                        "overloaded_error",
                        new CallOutcome.Unavailable("the provider answered with status 529")),
                of(wire, "refusal", wire.answer("I wi", "refusal"), CONTENT_REFUSED),
                answered(
                        wire,
                        "cut off by the end of the context",
                        wire.answer("Well", "model_context_window_exceeded"),
                        "Well\n\n[The answer ends here: the model had reached its limit of tokens.]"),
                of(wire, "arguments that are no object", wire.call("toolu_1", "\"AAPL\"", "tool_use"), UNREADABLE));
    }

    private static Case status(Wire wire, int status, CallOutcome outcome) {
        return error(wire, status, "x", outcome);
    }

    private static Case error(Wire wire, int status, String code, CallOutcome outcome) {
        return new Case(wire, status + " " + code, Reply.of(status, wire.error(code)), outcome);
    }

    private static Case limited(Wire wire, String until, Duration wait) {
        var reply = Reply.of(429, wire.error("x")).with("Retry-After", until);
        return new Case(wire, "429 until " + until, reply, new CallOutcome.RateLimited(wait));
    }

    private static Case away(Wire wire, int status, String until, @Nullable Duration wait) {
        var reply = Reply.of(status, wire.error("x")).with("Retry-After", until);
        var outcome = new CallOutcome.Unavailable("the provider answered with status " + status, wait);
        return new Case(wire, status + " until " + until, reply, outcome);
    }

    private static Case openAiError(Wire wire, int status, String type, String code, CallOutcome outcome) {
        var body = """
                {"error":{"message":"You sent %s","type":"%s","param":null,"code":"%s"}}""".formatted(Wire.ECHO, type, code);
        return new Case(wire, status + " " + code, Reply.of(status, body), outcome);
    }

    private static Case geminiError(int status, String canonical, String reason, CallOutcome outcome) {
        var body = """
                {"error":{"code":%d,"message":"You sent %s","status":"%s","details":[\
                {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"%s","domain":"googleapis.com"}]}}""".formatted(status, Wire.ECHO, canonical, reason);
        return new Case(Wire.GOOGLE, status + " " + canonical + " " + reason, Reply.of(status, body), outcome);
    }

    private static Case blocked(String reason) {
        var body = """
                {"promptFeedback":{"blockReason":"%s","safetyRatings":[]},\
                "usageMetadata":{"promptTokenCount":12,"totalTokenCount":12},"modelVersion":"the-model-2024"}""".formatted(reason);
        return of(Wire.GOOGLE, "prompt blocked for " + reason, body, CONTENT_REFUSED);
    }

    private static Case malformed(String reason) {
        var body = """
                {"candidates":[{"content":{},"finishReason":"%s","finishMessage":"Malformed: %s"}],\
                "usageMetadata":{"promptTokenCount":12,"totalTokenCount":12},"modelVersion":"the-model-2024"}""".formatted(reason, Wire.ECHO);
        return of(Wire.GOOGLE, reason, body, CALL_UNREADABLE);
    }

    private static Case of(Wire wire, String name, String body, CallOutcome outcome) {
        return new Case(wire, name, Reply.of(200, body), outcome);
    }

    private static Case answered(Wire wire, String name, String body, String text) {
        return of(wire, name, body, CallOutcome.Answered.inWords(text, USED, MODEL));
    }

    private static CallOutcome keyRefused(int status) {
        return new CallOutcome.KeyRefused("the provider refuses the key (status " + status + ")");
    }

    private static CallOutcome withoutCredit(int status) {
        return new CallOutcome.KeyRefused("the account of the key has no credit left (status " + status + ")");
    }

    private static CallOutcome modelUnknown(int status) {
        return new CallOutcome.RequestRefused("the provider does not know the model (status " + status + ")");
    }

    private static CallOutcome tooLong(int status) {
        return new CallOutcome.RequestRefused("the conversation is too long for the model (status " + status + ")");
    }

    private static String half(String body) {
        return body.substring(0, body.length() / 2);
    }
}
