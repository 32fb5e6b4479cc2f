package dev.latchkey.standins.providers;

import dev.latchkey.runtime.Json;
import dev.latchkey.standins.local.LocalServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** One request and its answer, in the words of one provider. */
record Exchange(Dialect dialect, ServerRequest request, ServerResponse response) {
    /** A pause between two bytes. */
    @FunctionalInterface
    interface Pause {
        /** False once it is enough. */
        boolean goesOn() throws InterruptedException;
    }

    Optional<String> key() {
        return dialect.keyOf(request);
    }

    Wanted chat() {
        return LocalServer.body(request)
                .flatMap(body -> dialect.question(request, body))
                .<Wanted>map(Wanted.Chat::new)
                .orElseGet(Wanted.Nonsense::new);
    }

    void send(Wanted wanted) {
        switch (wanted) {
            case Wanted.Models() -> Json.send(response, 200, dialect.models());
            case Wanted.Chat(var question) -> send(question);
            case Wanted.Nonsense() -> fail(Fault.MALFORMED);
        }
    }

    /** Promises the whole and closes the connection after half of it. */
    void sendHalf(Wanted wanted) throws IOException {
        byte[] whole = whole(wanted);
        var out = promise(whole.length);
        out.write(whole, 0, whole.length / 2);
        out.flush();
        throw hangUp();
    }

    /** Byte by byte. */
    void drip(Wanted wanted, Pause pause) throws IOException, InterruptedException {
        byte[] whole = whole(wanted);
        var out = promise(whole.length);
        for (int next = 0; next < whole.length && pause.goesOn(); next++) {
            out.write(whole[next]);
            out.flush();
        }
    }

    /** Thrown, ends the connection here and now, whatever was promised. */
    CloseConnectionException hangUp() {
        return new CloseConnectionException("as the key wants it");
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

    private void send(Question question) {
        var answer = question.answeredBy(dialect.provider());
        if (question.streamed()) {
            stream(dialect.events(answer));
        } else {
            Json.send(response, 200, dialect.answer(answer));
        }
    }

    private byte[] whole(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Models() -> Json.write(dialect.models());
            case Wanted.Chat(var question) -> Json.write(dialect.answer(question.answeredBy(dialect.provider())));
            case Wanted.Nonsense() -> dialect.failure(Fault.MALFORMED).body().getBytes(StandardCharsets.UTF_8);
        };
    }

    private OutputStream promise(int length) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(length));
        return response.outputStream();
    }

    private void stream(Stream<String> events) {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        try (var out = response.outputStream()) {
            for (var event : (Iterable<String>) events::iterator) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
