package dev.latchkey.embedded.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The api, as one user calls it. */
public final class ApiClient {
    public static final String CREDENTIALS = "/api/v1/users/me/llm-credentials";
    public static final String PROMPTS = "/api/v1/users/me/prompts";
    public static final String DEFAULT_MODEL = "/api/v1/users/me/default-model";
    public static final String PNL = "/api/v1/users/me/pnl";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final String token;

    public ApiClient(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    public Reply get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Reply post(String path, Map<String, ?> body) {
        return send("POST", path, BodyPublishers.ofByteArray(Json.write(body)));
    }

    public Reply put(String path, Map<String, ?> body) {
        return send("PUT", path, BodyPublishers.ofByteArray(Json.write(body)));
    }

    public Reply delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    private Reply send(String method, String path, BodyPublisher body) {
        var request = HttpRequest.newBuilder(api.resolve(path))
                .method(method, body)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .timeout(TIMEOUT)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), json(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("the api did not answer " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling the api", e);
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        return body.length == 0 ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
    }
}
