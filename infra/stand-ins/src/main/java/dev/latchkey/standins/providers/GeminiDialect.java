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
import java.util.stream.Stream;

/** Google Gemini's format. */
final class GeminiDialect implements Dialect {
    private static final HeaderName KEY = HeaderNames.create("x-goog-api-key");
    private static final String METHOD = ":generateContent";
    private static final String STREAMING = ":streamGenerateContent";
    private static final List<String> MODELS = List.of("gemini-1.5-flash", "gemini-1.5-pro", "gemini-2.0-flash");

    @Override
    public String provider() {
        return "google";
    }

    @Override
    public Optional<String> keyOf(ServerRequest request) {
        return request.headers().first(KEY);
    }

    @Override
    public boolean knows(String key) {
        return key.startsWith("AIza");
    }

    /** The model and the method are in the path, as in {@code gemini-1.5-flash:generateContent}. */
    @Override
    public Optional<Question> question(ServerRequest request, JsonNode body) {
        var call = request.path().pathParameters().get("call");
        return Question.Asked.in(body.path("contents"), GeminiDialect::text, GeminiDialect::results)
                .filter(asked -> call.endsWith(METHOD) || call.endsWith(STREAMING))
                .map(asked -> new Question(
                        call.substring(0, call.lastIndexOf(':')),
                        asked,
                        call.endsWith(STREAMING),
                        !body.path("tools").isEmpty()));
    }

    @Override
    public Map<String, Object> models() {
        var models = MODELS.stream()
                .map(name -> Map.of(
                        "name",
                        "models/" + name,
                        "version",
                        "001",
                        "displayName",
                        name,
                        "inputTokenLimit",
                        1_000_000,
                        "outputTokenLimit",
                        8192,
                        "supportedGenerationMethods",
                        List.of("generateContent")))
                .toList();
        return Map.of("models", models);
    }

    @Override
    public Map<String, Object> answer(Answer answer) {
        return part(answer, parts(answer.uses(), answer.text()), Map.of("finishReason", "STOP"));
    }

    /** Every event is an answer of its own, and the last says why it ended. */
    @Override
    public Stream<String> events(Answer answer) {
        var words = Dialect.words(answer).map(word -> part(answer, parts(List.of(), word), Map.of()));
        var end = answer.uses().isEmpty()
                ? part(answer, parts(List.of(), ""), Map.of("finishReason", "STOP"))
                : answer(answer);
        return Stream.concat(words, Stream.of(end)).map(Dialect::event);
    }

    @Override
    public Failure failure(Fault fault) {
        return switch (fault) {
            case NO_KEY -> error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.", "[]");
            case REFUSED_KEY -> error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", """
                        [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
                          "domain": "googleapis.com",
                          "metadata": {"service": "generativelanguage.googleapis.com"}}]""");
            case NO_CREDIT -> error(403, "PERMISSION_DENIED", "This API method requires billing to be enabled.", """
                        [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "BILLING_DISABLED",
                          "domain": "googleapis.com"}]""");
            case RATE_LIMITED ->
                error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", "[]");
            case OVERLOADED -> error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", "[]");
            case BROKEN -> error(500, "INTERNAL", "An internal error has occurred.", "[]");
            case MALFORMED -> error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.", "[]");
        };
    }

    private static String text(JsonNode message) {
        return message.path("parts")
                .valueStream()
                .filter(part -> part.path("text").isTextual())
                .map(part -> part.get("text").textValue())
                .collect(Collectors.joining("\n"));
    }

    /** A response is an object of whatever fields. */
    private static Stream<String> results(JsonNode message) {
        return message.path("parts")
                .valueStream()
                .map(part -> part.path("functionResponse").path("response"))
                .filter(JsonNode::isObject)
                .map(response -> response.valueStream().map(JsonNode::asText).collect(Collectors.joining("\n")));
    }

    private static Map<String, Object> part(Answer answer, List<Map<String, Object>> parts, Map<String, Object> end) {
        var candidate = new HashMap<String, Object>(end);
        candidate.put("index", 0);
        candidate.put("content", Map.of("role", "model", "parts", parts));
        return Map.of(
                "candidates", List.of(candidate),
                "usageMetadata",
                        Map.of(
                                "promptTokenCount", answer.promptTokens(),
                                "candidatesTokenCount", answer.answerTokens(),
                                "totalTokenCount", answer.totalTokens()),
                "modelVersion", answer.model(),
                "responseId", answer.id());
    }

    /** Calls of Gemini have no id. */
    private static List<Map<String, Object>> parts(List<Use> uses, String text) {
        return uses.isEmpty()
                ? List.of(Map.of("text", text))
                : uses.stream()
                        .map(use -> Map.<String, Object>of(
                                "functionCall", Map.of("name", use.tool(), "args", use.object())))
                        .toList();
    }

    private static Failure error(int code, String status, String message, String details) {
        return new Failure(code, """
                {"error": {"code": %d, "message": "%s", "status": "%s", "details": %s}}
                """.formatted(code, message, status, details));
    }
}
