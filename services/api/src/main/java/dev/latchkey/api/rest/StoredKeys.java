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

    /**
     * What came of a check.
     *
     * @param revision a revision of the credential at which it had the key that was checked; 0 if the worker names none
     */
    record Checked(Verdict verdict, long revision) {
        static final Checked NOTHING = new Checked(new Verdict.Unreachable(), 0);
    }

    private final Upstream worker;
    private final ServiceSecret secret;

    StoredKeys(Upstream worker, ServiceSecret secret) {
        this.worker = worker;
        this.secret = secret;
    }

    /** The worker may be behind: it checks no older key than this one, and maybe a newer one. */
    Checked check(ServerRequest request, Credential credential, String requestId) {
        var path = Credentials.PATH + "/" + credential.id() + "/check?revision="
                + credential.standing().revision();
        var answer =
                worker.post(request, path, Map.of(RequestId.HEADER, requestId, ServiceSecret.HEADER, secret.text()));
        return switch (answer.statusCode()) {
            case 200 -> checked(answer.body());
            case 503 -> throw new ProblemException(NOT_NOW);
            default -> Checked.NOTHING;
        };
    }

    private static Checked checked(byte[] body) {
        try {
            var answer = Json.MAPPER.readTree(body);
            return new Checked(
                    verdict(answer.path("outcome").asText()),
                    answer.path("revision").asLong());
        } catch (IOException e) {
            return Checked.NOTHING;
        }
    }

    private static Verdict verdict(String outcome) {
        return switch (outcome) {
            case "accepted" -> new Verdict.Accepted();
            case "refused" -> new Verdict.Refused();
            default -> new Verdict.Unreachable();
        };
    }
}
