package dev.latchkey.providers.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The way to addresses that the operator chose. No time-out for connecting is set, for the client's connections keep the
 * first request of each, with the key in its headers, together with that timer; every question has its own end.
 */
final class OperatorWeb implements Web, AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();

    @Override
    public Future<Answer> begin(Question question) {
        var body = BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER);
        return http.sendAsync(request(question), body).thenApply(OperatorWeb::answer);
    }

    @Override
    public Future<Incoming> open(Question question) {
        return http.sendAsync(request(question), BodyHandlers.ofInputStream())
                .thenApply(response -> new Incoming(response.statusCode(), response.headers(), response.body()));
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private static HttpRequest request(Question question) {
        var request = HttpRequest.newBuilder(question.url());
        question.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        var body = question.body();
        return body == null
                ? request.build()
                : request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }
}
