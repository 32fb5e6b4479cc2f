package dev.latchkey.api.rest;

import dev.latchkey.api.store.Clerk;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.regex.Pattern;

/** Gives every answer the id of its request: the caller's own, if it is harmless, or a new one. */
final class RequestId {
    private static final HeaderName HEADER = HeaderNames.create("X-Request-Id");
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    static Filter filter(Clerk clerk) {
        return (chain, request, response) -> {
            response.header(HEADER, chosen(request, clerk));
            chain.proceed();
        };
    }

    static String of(ServerResponse response) {
        return response.headers().get(HEADER).get();
    }

    private static String chosen(ServerRequest request, Clerk clerk) {
        return request.headers()
                .first(HEADER)
                .filter(id -> ACCEPTABLE.matcher(id).matches())
                .orElseGet(() -> clerk.nextId().toString());
    }
}
