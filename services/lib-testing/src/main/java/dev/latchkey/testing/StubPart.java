package dev.latchkey.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Something at an HTTP port that gives everybody the same empty answer. */
public final class StubPart implements AutoCloseable {
    private final HttpServer server;

    private StubPart(HttpServer server) {
        this.server = server;
    }

    public static StubPart answering(int status) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(status, -1);
                }
            });
            server.start();
            return new StubPart(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
