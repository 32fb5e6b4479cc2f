package dev.latchkey.runtime;

import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.NotFoundException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side of a service: its own routes, its health at /health/live and /health/ready, its metrics at /metrics. */
public final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

    private final WebServer server;

    private HttpEndpoint(WebServer server) {
        this.server = server;
    }

    /** Listens at an address, and at any free port for port 0. */
    public static HttpEndpoint start(
            HttpAddress address, Health health, PrometheusMeterRegistry meters, Consumer<HttpRouting.Builder> routes) {
        var routing = HttpRouting.builder()
                .get("/health/live", (request, response) -> Json.send(response, 200, Map.of("status", "live")))
                .get("/health/ready", (request, response) -> sendReadiness(response, health))
                .get("/metrics", (request, response) -> sendMetrics(response, meters));
        routes.accept(routing);
        translateErrors(routing);
        return new HttpEndpoint(listen(address, routing));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static WebServer listen(HttpAddress address, HttpRouting.Builder routing) {
        var server = WebServer.builder()
                .address(address.host())
                .port(address.port())
                .shutdownHook(false)
                .routing(routing)
                .directHandlers(EarlyProblems.handlers())
                .build()
                .start();
        // The server logs that an address is not there or a port is taken, and throws nothing.
        if (!server.isRunning()) {
            throw new StartRefused("port " + address.port() + " (LATCHKEY_HTTP_PORT) of "
                    + address.host().getHostAddress() + " (LATCHKEY_HTTP_HOST) can not be listened at");
        }
        return server;
    }

    private static void sendReadiness(ServerResponse response, Health health) {
        var parts = health.parts();
        boolean ready = !parts.containsValue(false);
        var body = new LinkedHashMap<String, Object>();
        body.put("status", ready ? "ready" : "not ready");
        body.put("parts", parts);
        Json.send(response, ready ? 200 : 503, body);
    }

    private static void sendMetrics(ServerResponse response, PrometheusMeterRegistry meters) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .send(meters.scrape());
    }

    private static void translateErrors(HttpRouting.Builder routing) {
        routing.error(ProblemException.class, (request, response, e) -> send(response, e.problem()))
                .error(NotFoundException.class, answering(Problem.notFound("there is nothing at this address")))
                .error(BadRequestException.class, answering(Problem.badRequest("the request is not valid")))
                .error(HttpException.class, (request, response, e) -> send(response, of(e.status())))
                .error(RequestException.class, answering(Problem.badRequest("the request is not valid")))
                .error(Exception.class, HttpEndpoint::failed)
                .any((request, response) -> {
                    throw new ProblemException(Problem.notFound("there is nothing at this address"));
                });
    }

    private static <E extends Throwable> ErrorHandler<E> answering(Problem problem) {
        return (request, response, e) -> send(response, problem);
    }

    private static Problem of(Status status) {
        return new Problem(Math.max(400, status.code()), status.reasonPhrase(), "the request can not be answered");
    }

    private static void failed(ServerRequest request, ServerResponse response, Exception e) {
        LOG.error("Request failed path={}", request.path().path(), e);
        send(response, new Problem(500, "Internal error", "the service failed to answer"));
    }

    /** Rounded up, so that whoever comes back to the second is not too early. */
    private static long wholeSeconds(Duration wait) {
        return Math.max(1, Math.ceilDiv(wait.toMillis(), 1000));
    }

    private static void send(ServerResponse response, Problem problem) {
        problem.retryAfter()
                .ifPresent(wait -> response.header(HeaderNames.RETRY_AFTER, Long.toString(wholeSeconds(wait))));
        if (problem.status() == 401) {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        response.status(Status.create(problem.status()))
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .send(Json.write(problem.members()));
    }
}
