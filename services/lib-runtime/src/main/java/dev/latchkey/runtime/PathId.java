package dev.latchkey.runtime;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.UUID;

/** The {@code {id}} in the address of a request. */
public final class PathId {
    private PathId() {}

    /** What is no id is the id of nothing. */
    public static Optional<UUID> of(ServerRequest request) {
        try {
            return Optional.of(UUID.fromString(request.path().pathParameters().get("id")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
