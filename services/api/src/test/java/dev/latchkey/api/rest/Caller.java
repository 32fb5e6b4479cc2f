package dev.latchkey.api.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;

/** A user who calls the API. */
record Caller(HttpClient http, URI api, UUID userId, String token) {
    static final String CREDENTIALS = "/api/v1/users/me/llm-credentials";

    Answer get(String path) {
        return send(to(path).GET());
    }

    Answer post(String path, String json) {
        return send(to(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer put(String path, String json) {
        return send(to(path).header("content-type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return send(to(path).DELETE());
    }

    Answer register(String provider, String key) {
        return post(CREDENTIALS, """
                {"provider": "%s", "api_key": "%s"}""".formatted(provider, key));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).header("authorization", "Bearer " + token);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
