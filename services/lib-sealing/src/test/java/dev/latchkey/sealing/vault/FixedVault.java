package dev.latchkey.sealing.vault;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server that gives every request the same answer, and may quote the request in it as a careless proxy does. */
final class FixedVault implements AutoCloseable {
    private final HttpServer server;
    private volatile int status;

    private FixedVault(HttpServer server, int status) {
        this.server = server;
        this.status = status;
    }

    static FixedVault answering(int status) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var vault = new FixedVault(server, status);
            server.createContext("/", exchange -> {
                var quoted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                byte[] body = ("{\"errors\":[\"can not handle " + quoted.replace("\"", "'") + "\"]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(vault.status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return vault;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void answerFromNowOn(int next) {
        status = next;
    }

    VaultSettings settings() {
        return new VaultSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "hvs.secret", "latchkey");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
