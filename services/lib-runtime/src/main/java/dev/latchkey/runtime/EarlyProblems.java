package dev.latchkey.runtime;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.stream.Stream;

/** Problems of requests that no route ever sees, for they are no HTTP or larger than the server reads. */
final class EarlyProblems {
    private EarlyProblems() {}

    static DirectHandlers handlers() {
        var handlers = DirectHandlers.builder();
        Stream.of(DirectHandler.EventType.values())
                .forEach(type -> handlers.addHandler(
                        type, (request, event, status, headers, message) -> answer(event, status, headers)));
        return handlers.build();
    }

    /** The server's own message is left out: it quotes. */
    private static DirectHandler.TransportResponse answer(
            DirectHandler.EventType event, Status status, ServerResponseHeaders headers) {
        var problem = new Problem(Math.max(400, status.code()), status.reasonPhrase(), "the request is not valid");
        headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(event.keepAlive())
                .entity(Json.write(problem.members()))
                .build();
    }
}
