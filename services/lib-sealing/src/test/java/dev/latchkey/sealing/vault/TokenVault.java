package dev.latchkey.sealing.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A Vault that does what a test says with tokens: it gives {@code token-1}, {@code token-2} and so on to one role, and knows the newest only. */
final class TokenVault implements AutoCloseable {
    static final int LEASE = 3600;

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile Optional<String> known = Optional.empty();
    private volatile String secretId = "secret";
    private volatile long secondsLeft = LEASE;
    private volatile long secondsRenewed = LEASE;
    private volatile boolean lookUpAllowed = true;

    private TokenVault(HttpServer server) {
        this.server = server;
    }

    static TokenVault start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var vault = new TokenVault(server);
            server.createContext("/v1/auth/approle/login", vault::logIn);
            server.createContext("/v1/auth/token/lookup-self", vault::lookUp);
            server.createContext("/v1/auth/token/renew-self", vault::renew);
            server.createContext("/v1/transit/", vault::refuse);
            server.start();
            return vault;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    VaultSession open(VaultLogin login) {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return VaultSession.open(new VaultSettings(address, login, "latchkey"));
    }

    /** What was asked since the last time, in order. */
    List<String> asked() {
        var all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    void makeKnown(String token) {
        known = Optional.of(token);
    }

    void forgetTheToken() {
        known = Optional.empty();
    }

    void takeOnly(String nextSecretId) {
        secretId = nextSecretId;
    }

    void leave(long seconds) {
        secondsLeft = seconds;
    }

    void renewFor(long seconds) {
        secondsRenewed = seconds;
    }

    void allowNoLookUp() {
        lookUpAllowed = false;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void logIn(HttpExchange exchange) throws IOException {
        asked.add("login");
        var body = Json.MAPPER.readTree(exchange.getRequestBody());
        if (!body.path("secret_id").asText().equals(secretId)) {
            answer(exchange, 400, Map.of("errors", List.of("invalid role or secret ID")));
            return;
        }
        var token = "token-" + logins.incrementAndGet();
        known = Optional.of(token);
        secondsLeft = LEASE;
        answer(exchange, 200, Map.of("auth", Map.of("client_token", token, "lease_duration", LEASE)));
    }

    private void lookUp(HttpExchange exchange) throws IOException {
        asked.add("look-up");
        boolean good = lookUpAllowed && isKnown(exchange);
        answer(exchange, good ? 200 : 403, Map.of("data", Map.of("ttl", secondsLeft)));
    }

    private void renew(HttpExchange exchange) throws IOException {
        asked.add("renewal");
        secondsLeft = secondsRenewed;
        answer(exchange, isKnown(exchange) ? 200 : 403, Map.of("auth", Map.of("lease_duration", secondsRenewed)));
    }

    private void refuse(HttpExchange exchange) throws IOException {
        asked.add("work");
        answer(exchange, 403, Map.of("errors", List.of("permission denied")));
    }

    private boolean isKnown(HttpExchange exchange) {
        return known.isPresent()
                && known.get().equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = Json.write(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
