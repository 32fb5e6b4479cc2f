package dev.latchkey.standins.providers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The wire format of one provider. */
sealed interface Dialect permits OpenAiDialect, GeminiDialect, AnthropicDialect {
    String provider();

    /** The API key of a request, from the header that this provider reads it from. */
    Optional<String> keyOf(ServerRequest request);

    /** Whether it looks like a key of this provider. */
    boolean knows(String key);

    Optional<Question> question(ServerRequest request, JsonNode body);

    Map<String, Object> models();

    Map<String, Object> answer(Answer answer);

    /** The answer to a streamed question, as server-sent events. */
    Stream<String> events(Answer answer);

    /** An event without a name. */
    static String event(Object data) {
        return "data: " + new String(Json.write(data), StandardCharsets.UTF_8) + "\n\n";
    }

    /** The words of an answer, each with the space behind it. */
    static Stream<String> words(Answer answer) {
        return Stream.of(answer.text().split("(?<= )")).filter(word -> !word.isEmpty());
    }

    Failure failure(Fault fault);
}
