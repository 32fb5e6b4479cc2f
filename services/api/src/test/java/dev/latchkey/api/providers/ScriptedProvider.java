package dev.latchkey.api.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A provider that answers every request with one status, or not at all, and remembers what it was asked. */
final class ScriptedProvider implements AutoCloseable {
    static final int NEVER = 0;

    /** @param key as it came in the header that the provider reads it from */
    record Asked(String path, String key) {}

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile int status = 200;

    ScriptedProvider() throws IOException {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** A status, or {@link #NEVER}. */
    void answers(int next) {
        status = next;
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(exchange.getRequestURI().toString(), keyOf(exchange)));
            if (status == NEVER) {
                awaitClose();
                return;
            }
            exchange.getResponseHeaders().set("location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void awaitClose() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String keyOf(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        for (var name : List.of("x-api-key", "x-goog-api-key", "authorization")) {
            var value = headers.getFirst(name);
            if (value != null) {
                return name + ": " + value;
            }
        }
        return "none";
    }
}
