package dev.latchkey.api.rest;

import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name that a caller gives a request so as to be able to send it again. */
final class IdempotencyKey {
    private static final HeaderName HEADER = HeaderNames.create("Idempotency-Key");
    /** In quotes, as a string of RFC 9651, or without. */
    private static final Pattern ACCEPTABLE =
            Pattern.compile("\"([!-~&&[^\"\\\\]]{1,255})\"|([!-~&&[^\"\\\\]]{1,255})");

    private IdempotencyKey() {}

    static Optional<String> of(ServerRequest request) {
        var values = request.headers().values(HEADER);
        return values.isEmpty() ? Optional.empty() : Optional.of(one(values));
    }

    private static String one(List<String> values) {
        var key = ACCEPTABLE.matcher(values.getFirst().strip());
        if (values.size() > 1 || !key.matches()) {
            throw new ProblemException(
                    Problem.badRequest(
                            "Idempotency-Key must be 1 to 255 printable ASCII characters without spaces, quotes and backslashes"));
        }
        return key.group(1) == null ? key.group(2) : key.group(1);
    }
}
