package dev.latchkey.agent.http;

import dev.latchkey.agent.checking.Checkup;
import dev.latchkey.agent.checking.StoredKeys;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.providers.Verdict;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.PathId;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import dev.latchkey.runtime.RequestId;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.sealing.VaultUnavailable;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Checks a stored key for its owner: the api asks here, because it can seal keys and not open them. Nobody else may: the
 * quotas and the history are the api's.
 */
public final class CheckEndpoint {
    /** @param revision of the credential whose key was checked, which may be later than the one that was asked about */
    record Answer(String outcome, long revision) {}

    private static final Problem UNKNOWN = Problem.notFound("no such credential");
    private static final Problem NO_VAULT = Problem.unavailable("the key can not be opened now", Duration.ofSeconds(2));

    private static final Problem NOT_YET_KNOWN =
            Problem.unavailable("the credential is not known here yet", Duration.ofSeconds(1));

    private final ServiceSecret secret;
    private final Bearer bearer;
    private final StoredKeys storedKeys;
    private final Supplier<UUID> ids;

    /**
     * Requests come with the id that they have at the api, so that both records can be held together; the ids are for those
     * that bring none.
     */
    public CheckEndpoint(ServiceSecret secret, Bearer bearer, StoredKeys storedKeys, Supplier<UUID> ids) {
        this.secret = secret;
        this.bearer = bearer;
        this.storedKeys = storedKeys;
        this.ids = ids;
    }

    public void register(HttpRouting.Builder routes) {
        routes.post("/api/v1/users/me/llm-credentials/{id}/check", this::check);
    }

    private void check(ServerRequest request, ServerResponse response) throws InterruptedException {
        secret.requireOf(request);
        var userId = bearer.userOf(request);
        var credentialId = PathId.of(request).orElseThrow(CheckEndpoint::unknown);
        var version = new CredentialVersion(credentialId, revision(request));
        Json.send(response, 200, answer(checkup(userId, version, RequestId.of(request, ids))));
    }

    private Checkup checkup(UUID userId, CredentialVersion version, String requestId) throws InterruptedException {
        try {
            return storedKeys.check(userId, version, requestId);
        } catch (VaultUnavailable e) {
            throw new ProblemException(NO_VAULT);
        }
    }

    /** The one that the caller knows; that one or a later one is checked. */
    private static long revision(ServerRequest request) {
        try {
            return Long.parseLong(request.query().first("revision").orElse(""));
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.badRequest("revision is a whole number"));
        }
    }

    private static Answer answer(Checkup checkup) {
        return switch (checkup) {
            case Checkup.Judged(var verdict, var revision) -> new Answer(outcome(verdict), revision);
            case Checkup.Deleted() -> throw unknown();
            case Checkup.NotYetKnown() -> throw new ProblemException(NOT_YET_KNOWN);
        };
    }

    /** An address that may not be called is one where nobody was reached. */
    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted() -> "accepted";
            case Verdict.Refused() -> "refused";
            case Verdict.Unreachable() -> "unreachable";
            case Verdict.Forbidden _ -> "unreachable";
        };
    }

    private static ProblemException unknown() {
        return new ProblemException(UNKNOWN);
    }
}
