package dev.latchkey.runtime;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Passes a request on to the instance that has the answer, in the caller's own name, at most once. */
public final class Peers implements AutoCloseable {
    private static final HeaderName PASSED_ON = HeaderNames.create("Latchkey-Passed-On");
    private static final List<HeaderName> NAMES_OF_CALLERS = List.of(HeaderNames.AUTHORIZATION, ServiceSecret.HEADER);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** Throws the problem that the caller should hear when the instance does not answer or passed the request on itself. */
    public void passOn(URI instance, ServerRequest request, ServerResponse response) {
        if (request.headers().contains(PASSED_ON)) {
            throw moving();
        }
        var question = HttpRequest.newBuilder(instance.resolve(target(request)))
                .timeout(PATIENCE)
                .header(PASSED_ON.defaultCase(), "true");
        NAMES_OF_CALLERS.forEach(header ->
                request.headers().first(header).ifPresent(value -> question.header(header.defaultCase(), value)));
        relay(send(question.build()), response);
    }

    /** The answer while state moves between instances. */
    public static ProblemException moving() {
        return new ProblemException(
                Problem.unavailable("this user's state is moving between instances", Duration.ofSeconds(1)));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static String target(ServerRequest request) {
        var query = request.query().isEmpty() ? "" : "?" + request.query().rawValue();
        return request.path().rawPath() + query;
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw moving();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw moving();
        }
    }

    private static void relay(HttpResponse<byte[]> answer, ServerResponse response) {
        response.status(Status.create(answer.statusCode()));
        copy(answer, HeaderNames.CONTENT_TYPE, response);
        copy(answer, HeaderNames.RETRY_AFTER, response);
        response.send(answer.body());
    }

    private static void copy(HttpResponse<byte[]> answer, HeaderName name, ServerResponse response) {
        answer.headers().firstValue(name.defaultCase()).ifPresent(value -> response.header(name, value));
    }
}
