package dev.latchkey.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {
    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void isServed() throws Exception {
        var answer = api.caller().get("/openapi.json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Json.MAPPER.readTree(OpenApi.read()));
        assertThat(answer.text("openapi")).startsWith("3.");
    }

    @Test
    void listsExactlyTheRoutes() throws Exception {
        var described = new TreeSet<String>();
        var paths = Json.MAPPER.readTree(OpenApi.read()).path("paths");
        paths.properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(api.routes().stream()
                        .map(route -> route.method().text() + " " + route.path())
                        .toList());
    }

    @Test
    void refersToNothingThatIsNotThere() throws Exception {
        var document = Json.MAPPER.readTree(OpenApi.read());

        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(target(document, reference).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void describesWhatEveryAnswerCarries() throws Exception {
        var document = Json.MAPPER.readTree(OpenApi.read());

        for (var path : document.path("paths")) {
            path.properties()
                    .forEach(operation -> operation
                            .getValue()
                            .path("responses")
                            .properties()
                            .forEach(response -> assertThat(headers(document, response.getValue()))
                                    .as(operation.getValue().path("operationId") + " " + response.getKey())
                                    .containsAll(expectedHeaders(response.getKey()))));
        }
    }

    @Test
    void describesTheIdempotencyKeyOfEveryPost() throws Exception {
        for (var path : Json.MAPPER.readTree(OpenApi.read()).path("paths")) {
            if (path.has("post")) {
                assertThat(path.path("post").path("parameters").findValuesAsText("$ref"))
                        .contains("#/components/parameters/IdempotencyKey");
                assertThat(names(path.path("post").path("responses"))).contains("400", "409", "422", "429");
            }
        }
    }

    private static List<String> expectedHeaders(String status) {
        return switch (status) {
            case "201", "202" -> List.of("X-Request-Id", "Location");
            case "401" -> List.of("X-Request-Id", "WWW-Authenticate");
            case "429", "503" -> List.of("X-Request-Id", "Retry-After");
            default -> List.of("X-Request-Id");
        };
    }

    private static List<String> headers(JsonNode document, JsonNode response) {
        var described =
                response.has("$ref") ? target(document, response.path("$ref").asText()) : response;
        return names(described.path("headers"));
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode target(JsonNode document, String reference) {
        return document.at(reference.substring(1));
    }
}
