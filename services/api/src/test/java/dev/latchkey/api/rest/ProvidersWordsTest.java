package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider writes is for nobody to read: it may quote the key. */
final class ProvidersWordsTest {
    private static final String KEY = "sk-live-canary-0123-wxyz";

    @SuppressWarnings("NullAway.Init")
    private static HttpServer provider;

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        provider = quotingProvider();
        api = new RunningApi(directory, RunningApi.Setup.usual().allowing(Set.of(origin())));
    }

    @AfterAll
    static void stop() {
        api.close();
        provider.stop(0);
    }

    /** The path of the base URL says how the provider answers. */
    @ParameterizedTest
    @CsvSource({"200, 201", "302, 503", "307, 503", "400, 503", "401, 400", "403, 400", "429, 503", "500, 503"})
    void areNeverPassedOn(int answered, int status) throws Exception {
        var anna = api.caller();
        var body = """
                {"provider": "openai-compatible", "api_key": "%s", "model_name": "m", "base_url": "%s/%d"}""".formatted(KEY, origin(), answered);

        var registered = anna.http().send(post(anna, CREDENTIALS, body), HttpResponse.BodyHandlers.ofString());
        var validated =
                anna.http().send(post(anna, CREDENTIALS + "/validate", body), HttpResponse.BodyHandlers.ofString());

        assertThat(registered.statusCode()).isEqualTo(status);
        for (var response : List.of(registered, validated)) {
            assertThat(response.body() + response.headers().map()).doesNotContain("canary", "provider says", "quoted");
        }
        assertThat(api.outboxOf(anna).history().toString()).doesNotContain("canary", "provider says", "quoted");
    }

    private static HttpRequest post(Caller caller, String path, String body) {
        return caller.to(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String origin() {
        return "http://localhost:" + provider.getAddress().getPort();
    }

    private static HttpServer quotingProvider() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                int status = Integer.parseInt(exchange.getRequestURI().getPath().split("/", -1)[1]);
                var words = "the provider says: quoted "
                        + exchange.getRequestHeaders().getFirst("Authorization");
                var bytes = words.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Location", "http://169.254.169.254/quoted");
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        return server;
    }
}
