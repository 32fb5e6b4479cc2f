package dev.latchkey.standins.providers;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** OpenAI's format, which OpenAI-compatible providers speak too. */
final class OpenAiDialect implements Dialect {
    private static final String BEARER = "Bearer ";
    private static final long CREATED = 1_700_000_000;
    private static final List<String> MODELS = List.of("gpt-4o-mini", "gpt-4o", "gpt-4.1-mini", "gpt-4.1");

    @Override
    public String provider() {
        return "openai";
    }

    @Override
    public Optional<String> keyOf(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()));
    }

    @Override
    public boolean knows(String key) {
        return key.startsWith("sk-") && !key.startsWith(AnthropicDialect.KEY_PREFIX);
    }

    @Override
    public Optional<Question> question(ServerRequest request, JsonNode body) {
        return Question.Asked.in(body.path("messages"), OpenAiDialect::text, OpenAiDialect::results)
                .filter(asked -> body.path("model").isTextual())
                .map(asked -> new Question(
                        body.get("model").textValue(),
                        asked,
                        body.path("stream").asBoolean(),
                        !body.path("tools").isEmpty()));
    }

    @Override
    public Map<String, Object> models() {
        var models = MODELS.stream()
                .map(name -> Map.of("id", name, "object", "model", "created", CREATED, "owned_by", "stand-in"))
                .toList();
        return Map.of("object", "list", "data", models);
    }

    @Override
    public Map<String, Object> answer(Answer answer) {
        var choice = Map.of("index", 0, "message", message(answer), "finish_reason", reason(answer));
        return Map.of(
                "id",
                "chatcmpl-" + answer.id(),
                "object",
                "chat.completion",
                "created",
                CREATED,
                "model",
                answer.model(),
                "choices",
                List.of(choice),
                "usage",
                usage(answer));
    }

    /** Word by word, and call by call in two pieces; then why it ended and what it used. */
    @Override
    public Stream<String> events(Answer answer) {
        var words = Dialect.words(answer).map(word -> Map.<String, Object>of("content", word));
        var calls = IntStream.range(0, answer.uses().size()).boxed().flatMap(index -> pieces(answer, index));
        var deltas = Stream.concat(words, calls).map(delta -> chunk(answer, Map.of("index", 0, "delta", delta)));
        var end = chunk(answer, Map.of("index", 0, "delta", Map.of(), "finish_reason", reason(answer)));
        var chunks = Stream.concat(deltas, Stream.of(end, usageChunk(answer)));
        return Stream.concat(chunks.map(Dialect::event), Stream.of("data: [DONE]\n\n"));
    }

    @Override
    public Failure failure(Fault fault) {
        return switch (fault) {
            case NO_KEY -> error(401, "You didn't provide an API key.", "invalid_request_error", "");
            case REFUSED_KEY ->
                error(401, "Incorrect API key provided: ********.", "invalid_request_error", "invalid_api_key");
            case NO_CREDIT ->
                error(429, "You exceeded your current quota.", "insufficient_quota", "insufficient_quota");
            case RATE_LIMITED -> error(429, "Rate limit reached for requests", "requests", "rate_limit_exceeded");
            case OVERLOADED -> error(503, "The engine is currently overloaded.", "server_error", "");
            case BROKEN -> error(500, "The server had an error while processing your request.", "server_error", "");
            case MALFORMED -> error(400, "We could not parse the JSON body.", "invalid_request_error", "");
        };
    }

    private static String text(JsonNode message) {
        return texts(message.path("content"));
    }

    private static Stream<String> results(JsonNode message) {
        return message.path("role").asText().equals("tool") ? Stream.of(text(message)) : Stream.empty();
    }

    /** One text, or the texts of its parts. */
    private static String texts(JsonNode content) {
        return content.isTextual()
                ? content.textValue()
                : content.findValuesAsText("text").stream().collect(Collectors.joining("\n"));
    }

    private static Map<String, Object> message(Answer answer) {
        if (answer.uses().isEmpty()) {
            return Map.of("role", "assistant", "content", answer.text());
        }
        var calls = answer.uses().stream()
                .map(use ->
                        Map.of("id", use.id(), "type", "function", "function", function(use.tool(), use.arguments())))
                .toList();
        return Map.of("role", "assistant", "tool_calls", calls);
    }

    /** A call's name and the first half of its arguments, then the other half. */
    private static Stream<Map<String, Object>> pieces(Answer answer, int index) {
        var use = answer.uses().get(index);
        int half = use.arguments().length() / 2;
        var first = function(use.tool(), use.arguments().substring(0, half));
        var second = Map.of("arguments", use.arguments().substring(half));
        return Stream.of(
                piece(Map.of("index", index, "id", use.id(), "type", "function", "function", first)),
                piece(Map.of("index", index, "function", second)));
    }

    private static Map<String, Object> piece(Map<String, Object> call) {
        return Map.of("tool_calls", List.of(call));
    }

    private static Map<String, Object> function(String tool, String arguments) {
        return Map.of("name", tool, "arguments", arguments);
    }

    private static String reason(Answer answer) {
        return answer.uses().isEmpty() ? "stop" : "tool_calls";
    }

    private static Failure error(int status, String message, String type, String code) {
        return new Failure(status, """
                {"error": {"message": "%s", "type": "%s", "param": null, "code": %s}}
                """.formatted(message, type, code.isEmpty() ? "null" : '"' + code + '"'));
    }

    private static Map<String, Object> usage(Answer answer) {
        return Map.of(
                "prompt_tokens", answer.promptTokens(),
                "completion_tokens", answer.answerTokens(),
                "total_tokens", answer.totalTokens());
    }

    private static Map<String, Object> chunk(Answer answer, Map<String, Object> choice) {
        return Map.of(
                "id",
                "chatcmpl-" + answer.id(),
                "object",
                "chat.completion.chunk",
                "created",
                CREATED,
                "model",
                answer.model(),
                "choices",
                List.of(choice));
    }

    private static Map<String, Object> usageChunk(Answer answer) {
        return Map.of(
                "id",
                "chatcmpl-" + answer.id(),
                "object",
                "chat.completion.chunk",
                "created",
                CREATED,
                "model",
                answer.model(),
                "choices",
                List.of(),
                "usage",
                usage(answer));
    }
}
