package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Credential;
import dev.latchkey.providers.Verdict;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.runtime.RequestId;
import dev.latchkey.runtime.ServiceSecret;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Has stored keys checked by a worker: this service can seal keys and not open them. */
final class StoredKeys {
    private static final Problem NOT_NOW =
            Problem.unavailable("the stored key can not be checked now", Duration.ofSeconds(2));

    private final Upstream worker;
    private final ServiceSecret secret;

    StoredKeys(Upstream worker, ServiceSecret secret) {
        this.worker = worker;
        this.secret = secret;
    }

    /** The worker may be behind: it checks no older key than this one. */
    Verdict check(ServerRequest request, Credential credential, String requestId) {
        var path = Credentials.PATH + "/" + credential.id() + "/check?revision="
                + credential.standing().revision();
        var answer =
                worker.post(request, path, Map.of(RequestId.HEADER, requestId, ServiceSecret.HEADER, secret.text()));
        return switch (answer.statusCode()) {
            case 200 -> verdict(answer.body());
            case 503 -> throw new ProblemException(NOT_NOW);
            default -> new Verdict.Unreachable();
        };
    }

    private static Verdict verdict(byte[] body) {
        return switch (outcome(body)) {
            case "accepted" -> new Verdict.Accepted();
            case "refused" -> new Verdict.Refused();
            default -> new Verdict.Unreachable();
        };
    }

    private static String outcome(byte[] body) {
        try {
            return Json.MAPPER.readTree(body).path("outcome").asText();
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
