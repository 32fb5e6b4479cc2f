package dev.latchkey.standins.providers;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Anthropic's format. */
final class AnthropicDialect implements Dialect {
    static final HeaderName KEY = HeaderNames.create("x-api-key");
    static final String KEY_PREFIX = "sk-ant-";
    private static final List<String> MODELS =
            List.of("claude-3-sonnet-20240229", "claude-3-5-sonnet-20241022", "claude-3-haiku-20240307");

    @Override
    public String provider() {
        return "anthropic";
    }

    @Override
    public Optional<String> keyOf(ServerRequest request) {
        return request.headers().first(KEY);
    }

    @Override
    public boolean knows(String key) {
        return key.startsWith(KEY_PREFIX);
    }

    @Override
    public Optional<Question> question(ServerRequest request, JsonNode body) {
        return Question.Asked.in(body.path("messages"), AnthropicDialect::text, AnthropicDialect::results)
                .filter(asked -> body.path("model").isTextual()
                        && body.path("max_tokens").isInt())
                .map(asked -> new Question(
                        body.get("model").textValue(),
                        asked,
                        body.path("stream").asBoolean(),
                        !body.path("tools").isEmpty()));
    }

    @Override
    public Map<String, Object> models() {
        var models = MODELS.stream()
                .map(name ->
                        Map.of("type", "model", "id", name, "display_name", name, "created_at", "2024-02-29T00:00:00Z"))
                .toList();
        return Map.of("data", models, "has_more", false, "first_id", MODELS.getFirst(), "last_id", MODELS.getLast());
    }

    @Override
    public Map<String, Object> answer(Answer answer) {
        return message(answer, content(answer), reason(answer), answer.answerTokens());
    }

    @Override
    public Stream<String> events(Answer answer) {
        var start = message(answer, List.of(), "", 0);
        var end = Map.of(
                "type", "message_delta",
                "delta", Map.of("stop_reason", reason(answer)),
                "usage", Map.of("output_tokens", answer.answerTokens()));
        var blocks = IntStream.range(0, content(answer).size()).boxed().flatMap(index -> block(answer, index));
        return Stream.of(
                        Stream.of(Map.of("type", "message_start", "message", start)),
                        blocks,
                        Stream.of(end, Map.of("type", "message_stop")))
                .flatMap(events -> events)
                .map(event -> "event: " + event.get("type") + "\n" + Dialect.event(event));
    }

    @Override
    public Failure failure(Fault fault) {
        return switch (fault) {
            case NO_KEY -> error(401, "authentication_error", "x-api-key header is required");
            case REFUSED_KEY -> error(401, "authentication_error", "invalid x-api-key");
            case NO_CREDIT -> error(402, "billing_error", "There is an issue with your billing.");
            case RATE_LIMITED ->
                error(429, "rate_limit_error", "This request would exceed your organization's rate limit.");
            case OVERLOADED -> error(529, "overloaded_error", "Overloaded");
            case BROKEN -> error(500, "api_error", "Internal server error");
            case MALFORMED -> error(400, "invalid_request_error", "The request body is not valid.");
        };
    }

    /** What the user says himself: results of tools are in his messages, too. */
    private static String text(JsonNode message) {
        var content = message.path("content");
        return content.isTextual()
                ? content.textValue()
                : content.valueStream()
                        .filter(part -> part.path("text").isTextual())
                        .map(part -> part.get("text").textValue())
                        .collect(Collectors.joining("\n"));
    }

    private static Stream<String> results(JsonNode message) {
        return message.path("content")
                .valueStream()
                .filter(part -> part.path("type").asText().equals("tool_result"))
                .map(AnthropicDialect::text);
    }

    private static Map<String, Object> message(
            Answer answer, List<Map<String, Object>> content, String reason, int answerTokens) {
        var message = new HashMap<String, Object>();
        message.put("id", "msg_" + answer.id());
        message.put("type", "message");
        message.put("role", "assistant");
        message.put("model", answer.model());
        message.put("content", content);
        message.put("stop_reason", reason.isEmpty() ? null : reason);
        message.put("usage", Map.of("input_tokens", answer.promptTokens(), "output_tokens", answerTokens));
        return message;
    }

    private static String reason(Answer answer) {
        return answer.uses().isEmpty() ? "end_turn" : "tool_use";
    }

    /** A text word by word, or a call whose arguments come behind its name. */
    private static Stream<Map<String, Object>> block(Answer answer, int index) {
        if (answer.uses().isEmpty()) {
            var words = Dialect.words(answer).map(word -> Map.<String, Object>of("type", "text_delta", "text", word));
            return block(index, Map.of("type", "text", "text", ""), words);
        }
        var use = answer.uses().get(index);
        var call = Map.of("type", "tool_use", "id", use.id(), "name", use.tool(), "input", Map.of());
        return block(
                index,
                call,
                Stream.of(Map.of(
                        "type", "input_json_delta", "partial_json", use.object().toString())));
    }

    private static Stream<Map<String, Object>> block(
            int index, Map<String, Object> start, Stream<Map<String, Object>> deltas) {
        return Stream.of(
                        Stream.of(Map.<String, Object>of(
                                "type", "content_block_start", "index", index, "content_block", start)),
                        deltas.map(delta ->
                                Map.<String, Object>of("type", "content_block_delta", "index", index, "delta", delta)),
                        Stream.of(Map.<String, Object>of("type", "content_block_stop", "index", index)))
                .flatMap(events -> events);
    }

    private static List<Map<String, Object>> content(Answer answer) {
        return answer.uses().isEmpty()
                ? List.of(Map.of("type", "text", "text", answer.text()))
                : answer.uses().stream()
                        .map(use -> Map.of(
                                "type", "tool_use", "id", use.id(), "name", use.tool(), "input", (Object) use.object()))
                        .toList();
    }

    private static Failure error(int status, String type, String message) {
        return new Failure(status, """
                {"type": "error", "error": {"type": "%s", "message": "%s"}}
                """.formatted(type, message));
    }
}
