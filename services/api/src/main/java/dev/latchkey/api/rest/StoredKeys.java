package dev.latchkey.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.providers.Verdict;
import dev.latchkey.runtime.Json;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.UUID;

/** Has stored keys checked by a worker: this service can seal keys and not open them. */
final class StoredKeys {
    private final Upstream worker;

    StoredKeys(Upstream worker) {
        this.worker = worker;
    }

    Verdict check(ServerRequest request, UUID credentialId, String requestId) {
        var answer = worker.post(request, Credentials.PATH + "/" + credentialId + "/check", requestId);
        return switch (outcome(answer)) {
            case "accepted" -> new Verdict.Accepted();
            case "refused" -> new Verdict.Refused();
            default -> new Verdict.Unreachable();
        };
    }

    private static String outcome(HttpResponse<byte[]> answer) {
        try {
            JsonNode body = answer.statusCode() == 200 ? Json.MAPPER.readTree(answer.body()) : Json.MAPPER.nullNode();
            return body.path("outcome").asText();
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
