package dev.latchkey.providers.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An HTTPS server on this machine with a certificate for {@code models.test}, which remembers what it was asked. */
final class TlsServer implements AutoCloseable {
    static final String HOST = "models.test";
    private static final String PASSWORD = "changeit";

    private final HttpsServer server;
    private final SSLContext tls;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch rest;
    private volatile URI elsewhere;

    private TlsServer(SSLContext tls, int status, String body, CountDownLatch rest) throws IOException {
        this.tls = tls;
        this.rest = rest;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        elsewhere = URI.create(urlOf(HOST) + "/elsewhere");
        server.createContext("/", exchange -> answer(exchange, status, body));
        server.start();
    }

    static TlsServer answering(Path directory, int status, String body) throws Exception {
        return new TlsServer(context(keyStore(directory.resolve("models.p12"))), status, body, new CountDownLatch(0));
    }

    /** Sends the body and then nothing, not even its end. */
    static TlsServer hangingAfter(Path directory, String body) throws Exception {
        return new TlsServer(context(keyStore(directory.resolve("models.p12"))), 200, body, new CountDownLatch(1));
    }

    /** Where its answers point to. */
    void pointsTo(URI url) {
        elsewhere = url;
    }

    /** Trusts this server's certificate. */
    Tls trusting() {
        return Tls.builder().sslContext(tls).build();
    }

    URI urlOf(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/v1/models");
    }

    /** Method, host, authorization and body of each request. */
    List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        rest.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var host = headers.getFirst("Host").replaceFirst(":.*", "");
            var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(String.join(" ", exchange.getRequestMethod(), host, headers.getFirst("Authorization"), text)
                    .strip());
            exchange.getResponseHeaders().set("Location", elsewhere.toString());
            exchange.getResponseHeaders().set("Retry-After", "7");
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length + rest.getCount());
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            rest.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static KeyStore keyStore(Path file) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = "-genkeypair -alias server -keyalg EC -dname CN=models.test -ext san=dns:models.test -validity 2"
                + " -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + file;
        var process = new ProcessBuilder(keytool).redirectErrorStream(true);
        process.command().addAll(List.of(command.split(" ")));
        if (process.start().waitFor() != 0) {
            throw new IllegalStateException("no certificate");
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
