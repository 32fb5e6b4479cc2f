package dev.latchkey.router.http;

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
import dev.latchkey.runtime.TokenVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Issues tokens and publishes the key that they are checked with. */
public final class Issuer implements AutoCloseable {
    private final ECKey key;
    private final HttpServer server;

    public Issuer() throws IOException, JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
        server.createContext("/jwks", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        server.start();
    }

    public TokenVerifier verifier() {
        var jwks = URI.create("http://localhost:" + server.getAddress().getPort() + "/jwks");
        return new TokenVerifier(jwks, "latchkey-dev", "latchkey");
    }

    public String token(UUID userId) throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .subject(userId.toString())
                .issuer("latchkey-dev")
                .audience("latchkey")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("1").build(), claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
