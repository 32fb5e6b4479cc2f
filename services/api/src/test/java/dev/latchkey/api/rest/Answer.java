package dev.latchkey.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.latchkey.runtime.Json;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a caller got.
 *
 * @param notable the headers that tell a caller what to do next, if they are there
 */
record Answer(int status, String mediaType, JsonNode body, Map<String, String> notable) {
    Answer {
        notable = Map.copyOf(notable);
    }

    static Answer of(HttpResponse<String> response) {
        var notable = new TreeMap<String, String>();
        Stream.of("location", "retry-after", "www-authenticate")
                .forEach(name -> response.headers().firstValue(name).ifPresent(value -> notable.put(name, value)));
        var mediaType = response.headers().firstValue("content-type").orElse("");
        return new Answer(response.statusCode(), mediaType, parsed(mediaType, response.body()), notable);
    }

    static Answer ok(String json) {
        return new Answer(200, "application/json", parsed("json", json), Map.of());
    }

    static Answer problem(int status, String title, String detail) {
        var body = Json.MAPPER.valueToTree(
                Map.of("type", "about:blank", "title", title, "status", status, "detail", detail));
        return new Answer(status, "application/problem+json", body, Map.of());
    }

    Answer with(String header, String value) {
        var more = new TreeMap<>(notable);
        more.put(header, value);
        return new Answer(status, mediaType, body, more);
    }

    String text(String field) {
        return body.path(field).asText();
    }

    private static JsonNode parsed(String mediaType, String body) {
        try {
            return mediaType.endsWith("json") ? Json.MAPPER.readTree(body) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            throw new AssertionError("the body is not JSON", e);
        }
    }
}
