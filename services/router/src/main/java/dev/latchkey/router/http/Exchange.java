package dev.latchkey.router.http;

import dev.latchkey.router.views.Lookup;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.Peers;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Function;

/** One request for a user's state, and its answer. */
record Exchange(Peers peers, ServerRequest request, ServerResponse response) {
    <T> void send(Lookup<T> lookup, Function<T, Record> body, Problem missing) {
        switch (lookup) {
            case Lookup.Found<T>(var value) -> Json.send(response, 200, body.apply(value));
            case Lookup.Missing<T> _ -> throw new ProblemException(missing);
            case Lookup.Elsewhere<T>(var instance) -> peers.passOn(instance, request, response);
            case Lookup.Unsettled<T> _ -> throw Peers.moving();
        }
    }
}
