package dev.latchkey.api.rest;

import dev.latchkey.api.store.Clerk;
import dev.latchkey.runtime.RequestId;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Puts routes on a server: each is timed, and what stops it becomes the problem that the caller should hear. */
public final class Routing implements Consumer<HttpRouting.Builder> {
    private final List<Route> routes;
    private final Clerk clerk;
    private final MeterRegistry meters;

    public Routing(List<Route> routes, Clerk clerk, MeterRegistry meters) {
        this.routes = List.copyOf(routes);
        this.clerk = clerk;
        this.meters = meters;
    }

    @Override
    public void accept(HttpRouting.Builder routing) {
        routing.addFilter(RequestId.filter(clerk::nextId));
        routing.addFilter(Routing::keepNoRequestThatMayHoldAKey);
        for (var path : paths()) {
            routes.stream().filter(route -> route.path().equals(path)).forEach(route -> add(routing, route));
            routing.any(path, OtherMethods.at(path, routes));
        }
    }

    /** Fixed ones first: what is open at their place would take their requests. */
    private List<String> paths() {
        return routes.stream()
                .map(Route::path)
                .distinct()
                .sorted(Comparator.comparing(path -> path.contains("{")))
                .toList();
    }

    private void add(HttpRouting.Builder routing, Route route) {
        Handler translated = (request, response) -> Translation.of(() -> {
            route.handler().handle(request, response);
            return route;
        });
        routing.route(route.method(), route.path(), metered(route, translated));
    }

    /** A connection's buffers keep the last request: where that may have held a key, the connection ends with the answer. */
    private static void keepNoRequestThatMayHoldAKey(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (request.content().hasEntity() && request.path().path().startsWith(Credentials.PATH)) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        chain.proceed();
    }

    private Handler metered(Route route, Handler inner) {
        return (request, response) -> {
            var sample = Timer.start(meters);
            response.whenSent(() -> sample.stop(timer(route, response)));
            inner.handle(request, response);
        };
    }

    private Timer timer(Route route, ServerResponse response) {
        return Timer.builder("latchkey.http.requests")
                .description("requests by route and status")
                .tag("method", route.method().text())
                .tag("route", route.path())
                .tag("status", response.status().codeText())
                .register(meters);
    }
}
