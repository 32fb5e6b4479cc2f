package dev.latchkey.api.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.runtime.ServiceSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Stand-in for the router, the pnl-worker and the agent-worker: says what it is told to and remembers who asked. */
final class Neighbours implements AutoCloseable {
    static final Reply NOTHING = new Reply(404, "application/problem+json", """
            {"type": "about:blank", "title": "Not found", "status": 404, "detail": "there is nothing at this address"}""");

    record Reply(int status, String mediaType, String body) {}

    /**
     * @param authorization as it came
     * @param secret likewise; empty when none was shown
     */
    record Asked(String method, String path, String authorization, String secret) {}

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final Map<String, Runnable> happenings = new ConcurrentHashMap<>();
    private volatile Reply check = NOTHING;
    private volatile Function<String, Reply> otherwise = path -> NOTHING;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    Neighbours() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** @param path with its query, if it has one */
    void reply(String path, int status, String json) {
        replies.put(path, new Reply(status, "application/json", json));
    }

    /** What happens while somebody waits for the reply at a path. */
    void beforeReplying(String path, Runnable meanwhile) {
        happenings.put(path, meanwhile);
    }

    /** To be asked about any stored key. */
    void replyToChecks(int status, String json) {
        check = new Reply(status, "application/json", json);
    }

    /** To be asked at any other path, with its query. */
    void replyToOthers(Function<String, Reply> reply) {
        otherwise = reply;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().toString();
            var authorization = exchange.getRequestHeaders().getFirst("authorization");
            var secret = exchange.getRequestHeaders().getFirst(ServiceSecret.HEADER.defaultCase());
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    path,
                    String.valueOf(authorization),
                    Objects.requireNonNullElse(secret, "")));
            happenings.getOrDefault(path, () -> {}).run();
            var reply = replies.getOrDefault(path, path.contains("/check?revision=") ? check : otherwise.apply(path));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", reply.mediaType());
            exchange.getResponseHeaders().set("retry-after", "7");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
