package dev.latchkey.runtime;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;

/** The user behind a request, by its bearer token. */
public final class Bearer {
    private static final String SCHEME = "Bearer ";

    private final TokenVerifier verifier;

    public Bearer(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    /** Throws a 401 problem when the request carries no valid token. */
    public UUID userOf(ServerRequest request) {
        var header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new ProblemException(Problem.unauthorized("a bearer token is needed"));
        }
        return verifier.userOf(header.substring(SCHEME.length()).strip());
    }
}
