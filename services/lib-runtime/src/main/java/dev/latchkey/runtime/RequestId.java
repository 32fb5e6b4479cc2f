package dev.latchkey.runtime;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The id of a request: the caller's own, if it is harmless, or a new one. */
public final class RequestId {
    public static final HeaderName HEADER = HeaderNames.create("X-Request-Id");
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** Gives every answer the id of its request. */
    public static Filter filter(Supplier<UUID> ids) {
        return (chain, request, response) -> {
            response.header(HEADER, of(request, ids));
            chain.proceed();
        };
    }

    /** Of an answer that the filter has given its id. */
    public static String of(ServerResponse response) {
        return response.headers().get(HEADER).get();
    }

    public static String of(ServerRequest request, Supplier<UUID> ids) {
        return request.headers()
                .first(HEADER)
                .filter(id -> ACCEPTABLE.matcher(id).matches())
                .orElseGet(() -> ids.get().toString());
    }
}
