package dev.latchkey.api.rest;

import dev.latchkey.api.store.Reply;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes replies and sends them. */
final class Answers {
    private Answers() {}

    static Reply ok(Object body) {
        return json(200, null, body);
    }

    static Reply created(String location, Object body) {
        return json(201, location, body);
    }

    static Reply accepted(String location, Object body) {
        return json(202, location, body);
    }

    static Reply of(Problem problem) {
        return new Reply(problem.status(), Problem.MEDIA_TYPE, null, text(problem.members()));
    }

    static void send(ServerResponse response, Reply reply) {
        if (reply.location() != null) {
            response.header(HeaderNames.LOCATION, reply.location());
        }
        response.status(Status.create(reply.status()))
                .header(HeaderNames.CONTENT_TYPE, reply.mediaType())
                .send(reply.body());
    }

    private static Reply json(int status, @Nullable String location, Object body) {
        return new Reply(status, "application/json", location, text(body));
    }

    private static String text(Object body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }
}
