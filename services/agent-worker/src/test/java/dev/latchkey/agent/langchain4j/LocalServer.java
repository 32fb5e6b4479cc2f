package dev.latchkey.agent.langchain4j;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.http.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that gives one answer to everything and remembers what it was asked. */
final class LocalServer implements AutoCloseable {
    /** What was asked. Header names are in lower case. */
    record Asked(String path, Map<String, String> headers, String body) {}

    /** What is answered: at once and whole, unless it hangs before or within the body. */
    record Reply(int status, Map<String, String> headers, String body, Hang hang) {
        enum Hang {
            NEVER,
            BEFORE_THE_STATUS,
            WITHIN_THE_BODY
        }

        static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body, Hang.NEVER);
        }

        Reply with(String header, String value) {
            return new Reply(status, Map.of(header, value), body, hang);
        }

        Reply hanging(Hang when) {
            return new Reply(status, headers, body, when);
        }
    }

    private final HttpServer server;
    private final Reply reply;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private LocalServer(HttpServer server, Reply reply) {
        this.server = server;
        this.reply = reply;
    }

    static LocalServer replying(Reply reply) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var local = new LocalServer(server, reply);
            server.createContext("/", local::answer);
            server.setExecutor(local.threads);
            server.start();
            return local;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** This server as every named provider, and at a user's own base URL. */
    Endpoints asEveryProvider() {
        return new Endpoints(new ProviderUrls(url(), url(), url()), new AllowedOrigins(Set.of(url().toString())));
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(exchange.getRequestURI().toString(), headers, body));
        hang(Reply.Hang.BEFORE_THE_STATUS);
        send(exchange, reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length + 1L);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        hang(Reply.Hang.WITHIN_THE_BODY);
        exchange.getResponseBody().write('\n');
        exchange.close();
    }

    private void hang(Reply.Hang moment) {
        if (reply.hang() == moment) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
