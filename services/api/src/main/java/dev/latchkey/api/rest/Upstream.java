package dev.latchkey.api.rest;

import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Another service of ours that answers part of this API, for the same caller. */
public final class Upstream {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final String name;
    private final URI base;
    private final Duration patience;
    private final HttpClient http;

    public Upstream(String name, URI base, Duration patience) {
        this.name = name;
        this.base = base;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(SOON)
                .build();
    }

    /** Answers at a path by asking the service at the same path. */
    Route route(Door door, String path) {
        return Route.get(path, (request, response) -> {
            door.userOf(request);
            pass(get(request), response);
        });
    }

    HttpResponse<byte[]> get(ServerRequest request) {
        var query = request.query().isEmpty() ? "" : "?" + request.query().rawValue();
        return get(request, request.path().rawPath() + query);
    }

    HttpResponse<byte[]> get(ServerRequest request, String path) {
        return send(to(request, path).GET());
    }

    HttpResponse<byte[]> post(ServerRequest request, String path, Map<HeaderName, String> headers) {
        var post = to(request, path).POST(HttpRequest.BodyPublishers.noBody());
        headers.forEach((name, value) -> post.header(name.defaultCase(), value));
        return send(post);
    }

    static void pass(HttpResponse<byte[]> answer, ServerResponse response) {
        answer.headers().firstValue("content-type").ifPresent(type -> response.header(HeaderNames.CONTENT_TYPE, type));
        answer.headers().firstValue("retry-after").ifPresent(wait -> response.header(HeaderNames.RETRY_AFTER, wait));
        response.status(Status.create(answer.statusCode())).send(answer.body());
    }

    private HttpRequest.Builder to(ServerRequest request, String path) {
        var address = URI.create(base.toString().replaceFirst("/$", "") + path);
        var authorization = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        return HttpRequest.newBuilder(address).header("authorization", authorization);
    }

    /** Within the patience as a whole: the client's own limit ends where an answer's body begins. */
    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        var answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw away();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw away();
        }
    }

    ProblemException away() {
        return new ProblemException(Problem.unavailable(name + " does not answer", SOON));
    }
}
