package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpEndpointTest {
    record Order(String symbolName, BigDecimal quantity) {}

    private static final UUID USER = UUID.fromString("018f0000-0000-7000-8000-000000000001");
    private final Instant later = Instant.now().plusSeconds(600);

    private final AtomicBoolean kafka = new AtomicBoolean(true);
    private final HttpClient http = HttpClient.newHttpClient();
    private final ECKey key = key();
    private final HttpServer issuer = issuer(key);
    private final Bearer bearer = new Bearer(new TokenVerifier(
            URI.create("http://localhost:" + issuer.getAddress().getPort() + "/jwks"), "issuer", "latchkey"));
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() {
        var health = new Health();
        health.check("kafka", kafka::get);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.counter("latchkey.test").increment();
        endpoint = HttpEndpoint.start(
                HttpAddress.local(0),
                health,
                meters,
                routes -> routes.get(
                                "/me",
                                (request, response) -> Json.send(response, 200, Map.of("user", bearer.userOf(request))))
                        .post(
                                "/orders",
                                (request, response) -> Json.send(response, 201, Json.read(request, Order.class, 100)))
                        .get("/busy", (request, response) -> {
                            throw new ProblemException(
                                    Problem.tooManyRequests("not so fast", Duration.ofMillis(1_001)));
                        })
                        .get("/broken", (request, response) -> {
                            throw new IllegalStateException("secret");
                        }));
    }

    @AfterEach
    void stop() {
        endpoint.close();
        issuer.stop(0);
        http.close();
    }

    @Test
    void isReadyWhileEveryPartWorksAndNamesTheOneThatDoesNot() {
        assertThat(get("/health/ready", "").statusCode()).isEqualTo(200);

        kafka.set(false);

        var answer = get("/health/ready", "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"status\":\"not ready\",\"parts\":{\"kafka\":false}}");
        assertThat(get("/health/live", "").statusCode()).isEqualTo(200);
    }

    @Test
    void showsItsMetricsAsPrometheusReadsThem() {
        var answer = get("/metrics", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("latchkey_test_total 1.0");
    }

    @Test
    void refusesAPortThatSomebodyElseHas() {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() ->
                        HttpEndpoint.start(HttpAddress.local(endpoint.port()), new Health(), meters, routes -> {}))
                .withMessage("port " + endpoint.port() + " (LATCHKEY_HTTP_PORT) of 127.0.0.1 (LATCHKEY_HTTP_HOST)"
                        + " can not be listened at");
    }

    @Test
    void listensNowhereElse() throws IOException {
        var outside = ownAddress();
        var everywhere = new HttpAddress(InetAddress.getByName("0.0.0.0"), 0);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        try (var open = HttpEndpoint.start(everywhere, new Health(), meters, routes -> {})) {
            assertThat(isOpen(outside, open.port())).isTrue();
            assertThat(isOpen(outside, endpoint.port())).isFalse();
        }
    }

    @Test
    void knowsTheBearer() {
        assertThat(get("/me", token(key, "issuer", "latchkey", USER.toString(), later))
                        .body())
                .isEqualTo("{\"user\":\"" + USER + "\"}");
    }

    @Test
    void turnsAwayWhoeverHasNoValidToken() {
        var expired = Instant.now().minusSeconds(600);

        assertUnauthorized("");
        assertUnauthorized("junk");
        assertUnauthorized(token(key, "issuer", "latchkey", USER.toString(), expired));
        assertUnauthorized(token(key, "somebody", "latchkey", USER.toString(), later));
        assertUnauthorized(token(key, "issuer", "another", USER.toString(), later));
        assertUnauthorized(token(key, "issuer", "latchkey", "not-a-uuid", later));
        assertUnauthorized(token(key(), "issuer", "latchkey", USER.toString(), later));
    }

    @Test
    void writesSnakeCaseAndPlainDecimals() {
        var answer = post("{\"symbol_name\":\"BTC\",\"quantity\":\"0.0000000000000000010\"}", "application/json");

        assertThat(answer.body()).isEqualTo("{\"symbol_name\":\"BTC\",\"quantity\":\"0.0000000000000000010\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{not json | application/json | 400",
                "{\"symbol_name\":\"a\",\"symbol_name\":\"b\"} | application/json | 400",
                "{\"symbol_name\":7} | application/json | 422",
                "{\"surprise\":7} | application/json | 422",
                "{\"quantity\":true} | application/json | 422",
                "{} {} | application/json | 400",
                "[] | application/json | 422",
                "{} | text/plain | 415",
            })
    void answersABadBodyWithTheRightStatus(String body, String mediaType, int status) {
        var answer = post(body, mediaType);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertThat(post("{\"symbol_name\":\"" + "x".repeat(100) + "\"}", "application/json")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void neverQuotesABody() {
        assertThat(post("canary", "application/json").body()).doesNotContain("canary");
        assertThat(post("{\"symbol_name\":[\"sk-canary\"]}", "application/json").body())
                .doesNotContain("canary");
    }

    @Test
    void saysWhenToComeBackInWholeSecondsThatAreNotTooFew() {
        var answer = get("/busy", "");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
    }

    @Test
    void hidesWhatBrokeInside() {
        var answer = get("/broken", "");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void answersAnUnknownAddressWithAProblem() {
        var answer = get("/nowhere", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    private void assertUnauthorized(String token) {
        var answer = get("/me", token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }

    private HttpResponse<String> get(String path, String token) {
        var request = HttpRequest.newBuilder(uri(path));
        return send(token.isEmpty() ? request : request.header("authorization", "Bearer " + token));
    }

    private HttpResponse<String> post(String body, String mediaType) {
        return send(HttpRequest.newBuilder(uri("/orders"))
                .header("content-type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static boolean isOpen(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One by which others reach this machine. */
    private static InetAddress ownAddress() throws IOException {
        var found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        if (found.isEmpty()) {
            var reason = "NOT RUN: that a service listens nowhere else, because this machine has no other address";
            System.err.println(reason);
            abort(reason);
        }
        return found.orElseThrow();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + endpoint.port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("1").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String token(ECKey key, String issuer, String audience, String subject, Instant expiry) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(subject)
                .expirationTime(Date.from(expiry))
                .build();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jwt.serialize();
    }

    private static HttpServer issuer(ECKey key) {
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        try {
            var server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            server.createContext("/jwks", exchange -> {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
