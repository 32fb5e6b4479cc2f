package dev.latchkey.sealing.vault;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that knows every token, and gives all work the same answer: it quotes the request as a careless proxy does, and an error looks like a success. */
final class FixedVault implements AutoCloseable {
    private static final String LOOKS_GOOD = "\"data\":{\"ciphertext\":\"vault:v1:AAAA\",\"hmac\":\"vault:v1:AAAA\"},";

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final int status;
    private volatile int statusOfTokens = 200;

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
                vault.asked.add(exchange.getRequestURI().getPath());
                int answered = vault.statusOf(exchange.getRequestURI().getPath());
                var data = answered == 200 ? "" : LOOKS_GOOD;
                byte[] body = ("{" + data + "\"errors\":[\"can not handle " + quoted.replace("\"", "'") + "\"]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answered, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return vault;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The work that was asked for, in order, as paths. */
    List<String> asked() {
        return asked.stream().filter(path -> !isAboutTokens(path)).toList();
    }

    void answerAboutTokensFromNowOn(int next) {
        statusOfTokens = next;
    }

    VaultSettings settings() {
        return settings(new VaultLogin.FixedToken("hvs.secret"));
    }

    VaultSettings settings(VaultLogin login) {
        return new VaultSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), login, "latchkey");
    }

    VaultSession session() {
        return VaultSession.open(settings());
    }

    private int statusOf(String path) {
        return isAboutTokens(path) ? statusOfTokens : status;
    }

    private static boolean isAboutTokens(String path) {
        return path.startsWith("/v1/auth/");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
