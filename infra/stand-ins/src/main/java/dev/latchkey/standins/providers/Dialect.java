package dev.latchkey.standins.providers;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.webserver.http.ServerRequest;
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

    /** The answer to a streamed question. */
    default Stream<Map<String, Object>> parts(Answer answer) {
        return Stream.of(answer(answer));
    }

    Failure failure(Fault fault);
}
