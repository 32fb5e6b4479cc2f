package dev.latchkey.api.rest;

import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import java.util.List;
import java.util.stream.Collectors;

/** Answers methods that there are not at a path with those that there are. */
final class OtherMethods {
    private OtherMethods() {}

    static Handler at(String path, List<Route> routes) {
        var allowed = routes.stream()
                .filter(route -> route.path().equals(path))
                .map(route -> route.method().text())
                .sorted()
                .collect(Collectors.joining(", "));
        return (request, response) -> {
            response.header(HeaderNames.ALLOW, allowed);
            throw new ProblemException(Problem.methodNotAllowed("the methods at this address are " + allowed));
        };
    }
}
