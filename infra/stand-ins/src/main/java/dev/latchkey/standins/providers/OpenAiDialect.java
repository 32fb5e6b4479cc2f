package dev.latchkey.standins.providers;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return Question.lastUserText(body.path("messages"), "content")
                .filter(text -> body.path("model").isTextual())
                .map(text -> new Question(
                        body.get("model").textValue(), text, body.path("stream").asBoolean()));
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
        var message = Map.of("role", "assistant", "content", answer.text());
        var choice = Map.of("index", 0, "message", message, "finish_reason", "stop");
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

    /** Word by word, then why it ended and what it used. */
    @Override
    public Stream<Map<String, Object>> parts(Answer answer) {
        var words = Stream.of(answer.text().split("(?<= )"))
                .map(word -> chunk(answer, Map.of("index", 0, "delta", Map.of("content", word))));
        var end = chunk(answer, Map.of("index", 0, "delta", Map.of(), "finish_reason", "stop"));
        return Stream.concat(words, Stream.of(end, usageChunk(answer)));
    }

    @Override
    public Failure failure(Fault fault) {
        return switch (fault) {
            case NO_KEY -> error(401, "You didn't provide an API key.", "invalid_request_error", "");
            case REFUSED_KEY ->
                error(401, "Incorrect API key provided: ********.", "invalid_request_error", "invalid_api_key");
            case RATE_LIMITED -> error(429, "Rate limit reached for requests", "requests", "rate_limit_exceeded");
            case BROKEN -> error(500, "The server had an error while processing your request.", "server_error", "");
            case MALFORMED -> error(400, "We could not parse the JSON body.", "invalid_request_error", "");
        };
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
