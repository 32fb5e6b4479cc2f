package dev.latchkey.standins.providers;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Google Gemini's format. */
final class GeminiDialect implements Dialect {
    private static final HeaderName KEY = HeaderNames.create("x-goog-api-key");
    private static final String METHOD = ":generateContent";
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
        return Question.lastUserText(body.path("contents"), "parts")
                .filter(text -> call.endsWith(METHOD))
                .map(text -> new Question(call.substring(0, call.length() - METHOD.length()), text, false));
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
        var content = Map.of("role", "model", "parts", List.of(Map.of("text", answer.text())));
        return Map.of(
                "candidates", List.of(Map.of("index", 0, "content", content, "finishReason", "STOP")),
                "usageMetadata",
                        Map.of(
                                "promptTokenCount", answer.promptTokens(),
                                "candidatesTokenCount", answer.answerTokens(),
                                "totalTokenCount", answer.totalTokens()),
                "modelVersion", answer.model(),
                "responseId", answer.id());
    }

    @Override
    public Failure failure(Fault fault) {
        return switch (fault) {
            case NO_KEY -> error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.", "[]");
            case REFUSED_KEY -> error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", """
                        [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
                          "domain": "googleapis.com",
                          "metadata": {"service": "generativelanguage.googleapis.com"}}]""");
            case RATE_LIMITED ->
                error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", "[]");
            case BROKEN -> error(500, "INTERNAL", "An internal error has occurred.", "[]");
            case MALFORMED -> error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.", "[]");
        };
    }

    private static Failure error(int code, String status, String message, String details) {
        return new Failure(code, """
                {"error": {"code": %d, "message": "%s", "status": "%s", "details": %s}}
                """.formatted(code, message, status, details));
    }
}
