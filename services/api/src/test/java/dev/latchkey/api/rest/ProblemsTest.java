package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is a problem document, wherever it comes from, and names its request. */
final class ProblemsTest {
    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    private final Caller anna = api.caller();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET    | /nowhere                              | -      | -                | 404",
                "GET    | /api/v1/users/me                      | -      | -                | 404",
                "DELETE | /api/v1/users/me/llm-credentials/none | -      | -                | 404",
                "PATCH  | /api/v1/users/me/llm-credentials      | {}     | application/json | 405",
                "GET    | /api/v1/users/me/llm-credentials/validate | -  | -                | 405",
                "POST   | /openapi.json                         | {}     | application/json | 405",
                "POST   | /api/v1/users/me/llm-credentials      | {      | application/json | 400",
                "POST   | /api/v1/users/me/llm-credentials      | \ufffd | application/json | 400",
                "POST   | /api/v1/users/me/llm-credentials      | {}     | text/plain       | 415",
                "POST   | /api/v1/users/me/llm-credentials      | {}     | application/json-seq | 415",
                "POST   | /api/v1/users/me/llm-credentials      | {}     | nonsense         | 400",
                "POST   | /api/v1/users/me/llm-credentials      | {}     | -                | 415",
                "POST   | /api/v1/users/me/llm-credentials      | {}     | application/json | 422",
                "PUT    | /api/v1/users/me/llm-credentials/none | -      | -                | 415",
            })
    void areAlwaysTheSameKindOfDocument(
            String method, String path, @Nullable String body, @Nullable String mediaType, int status)
            throws Exception {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var request = anna.to(path).method(method, publisher);
        if (mediaType != null) {
            request.header("content-type", mediaType);
        }

        assertProblem(anna.http().send(request.build(), HttpResponse.BodyHandlers.ofString()), status);
    }

    @Test
    void tellsWhichMethodsThereAre() throws Exception {
        var request =
                anna.to(CREDENTIALS + "/018f3a00-0000-7000-8000-000000000001").POST(BodyPublishers.noBody());

        var response = anna.http().send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertProblem(response, 405);
        assertThat(response.headers().firstValue("allow")).hasValue("DELETE, PUT");
    }

    @Test
    void tellsABodyThatIsTooLarge() throws Exception {
        var request = anna.to(CREDENTIALS)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("x".repeat(262_145)));

        assertProblem(anna.http().send(request.build(), HttpResponse.BodyHandlers.ofString()), 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upstream-7", "A.b_c-9"})
    void returnAHarmlessRequestId(String id) throws Exception {
        var request = anna.to("/nowhere").header("x-request-id", id).GET();

        var response = anna.http().send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.headers().firstValue("x-request-id")).hasValue(id);
    }

    @Test
    void returnNoRequestIdThatCouldDoHarm() throws Exception {
        var request = anna.to("/nowhere").header("x-request-id", "<b>").GET();

        var response = anna.http().send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.headers().firstValue("x-request-id"))
                .isPresent()
                .get()
                .isNotEqualTo("<b>");
    }

    /** What no route ever sees. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /openapi.json HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /openapi.json HTTP/1.1\r\nHost: a\r\nBad Header: sk-canary\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
            })
    void tellWhatIsNoRequest(String request) throws Exception {
        var answer = raw(request);

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("sk-canary");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-type: application/problem+json");
        var body = json(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(body.path("status").asInt()).isBetween(400, 499);
    }

    @Test
    void tellAHeaderThatIsTooLarge() throws Exception {
        var answer = raw("GET /openapi.json HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("\"about:blank\"");
    }

    private static void assertProblem(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        var body = json(response.body());
        assertThat(body.path("type").asText()).isEqualTo("about:blank");
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("title").asText()).isNotEmpty();
        assertThat(body.path("detail").asText()).isNotEmpty();
    }

    private static JsonNode json(String body) throws IOException {
        return Json.MAPPER.readTree(body);
    }

    /** Reads until the server closes. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", anna.api().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
