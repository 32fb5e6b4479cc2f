package dev.latchkey.standins.providers;

import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One request and its answer, in the words of one provider. */
record Exchange(Dialect dialect, ServerRequest request, ServerResponse response) {
    Optional<String> key() {
        return dialect.keyOf(request);
    }

    Optional<Question> question() {
        return LocalServer.body(request).flatMap(body -> dialect.question(request, body));
    }

    void sendModels() {
        Json.send(response, 200, dialect.models());
    }

    void send(Question question) {
        var answer = question.answeredBy(dialect.provider());
        if (question.streamed()) {
            stream(dialect.parts(answer));
        } else {
            Json.send(response, 200, dialect.answer(answer));
        }
    }

    void fail(Fault fault) {
        var failure = dialect.failure(fault);
        response.status(Status.create(failure.status()))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(failure.body());
    }

    void failUntil(Duration retryAfter) {
        response.header(HeaderNames.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        fail(Fault.RATE_LIMITED);
    }

    /** Server-sent events, ended the way OpenAI ends them. */
    private void stream(Stream<Map<String, Object>> chunks) {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        var events = Stream.concat(
                chunks.map(chunk -> new String(Json.write(chunk), StandardCharsets.UTF_8)), Stream.of("[DONE]"));
        try (var out = response.outputStream()) {
            for (var event : (Iterable<String>) events::iterator) {
                out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
