package dev.latchkey.standins.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.StartRefused;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** The HTTP server of one stand-in. */
public final class LocalServer implements AutoCloseable {
    private static final int MAX_BODY = 4 << 20;

    private final WebServer server;

    private LocalServer(WebServer server) {
        this.server = server;
    }

    public static LocalServer start(String standIn, Listen listen, Consumer<HttpRouting.Builder> routes) {
        var routing = HttpRouting.builder();
        routes.accept(routing);
        var server = WebServer.builder()
                .host(listen.host())
                .port(listen.port())
                .shutdownHook(false)
                .routing(routing)
                .build()
                .start();
        // The server logs that a port is taken and throws nothing.
        if (!server.isRunning()) {
            throw new StartRefused(standIn + " can not listen at " + listen.host() + ":" + listen.port());
        }
        return new LocalServer(server);
    }

    public int port() {
        return server.port();
    }

    public URI address() {
        return URI.create("http://localhost:" + port());
    }

    /** The JSON object in a request's body, if there is one. What was sent instead is not kept: it may hold a key. */
    public static Optional<JsonNode> body(ServerRequest request) {
        try (var in = request.content().inputStream()) {
            return Optional.ofNullable(Json.MAPPER.readTree(in.readNBytes(MAX_BODY)))
                    .filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
