package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tokens speak for a user: signed by the issuer with RSA or ECDSA, for us, with an end. */
final class TokenVerifierTest {
    private static final UUID USER = UUID.fromString("018f0000-0000-7000-8000-000000000001");
    private static final JWTClaimsSet CLAIMS = claims().build();

    private final ECKey elliptic = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    private final RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    private final OctetSequenceKey shared =
            new OctetSequenceKeyGenerator(256).keyID("shared").generate();
    private final HttpServer issuer = issuer(new JWKSet(List.of(elliptic, rsa, shared)));
    private final TokenVerifier verifier = new TokenVerifier(
            URI.create("http://localhost:" + issuer.getAddress().getPort() + "/jwks"), "issuer", "latchkey");

    TokenVerifierTest() throws JOSEException, IOException {}

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    @Test
    void knowsAUserByATokenOfEitherKind() throws JOSEException {
        assertThat(verifier.userOf(signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(elliptic), CLAIMS)))
                .isEqualTo(USER);
        assertThat(verifier.userOf(signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), CLAIMS)))
                .isEqualTo(USER);
    }

    @Test
    void asksToComeBackWhenTheIssuerDoesNotAnswer() throws JOSEException {
        var token = signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(elliptic), CLAIMS);
        issuer.stop(0);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> verifier.userOf(token))
                .extracting(ProblemException::problem)
                .isEqualTo(Problem.unavailable("the token issuer does not answer", Duration.ofSeconds(5)));
    }

    @Test
    void goesOnWithTheKeysItKnowsWhenTheIssuerDoesNotAnswer() throws JOSEException {
        var token = signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(elliptic), CLAIMS);
        verifier.userOf(token);
        issuer.stop(0);

        assertThat(verifier.userOf(token)).isEqualTo(USER);
    }

    @Test
    void knowsNobodyByATokenWithoutASignature() {
        assertUnknown(new PlainJWT(CLAIMS).serialize());
    }

    @Test
    void knowsNobodyByATokenSignedWithThePublicKeyAsASecret() throws Exception {
        byte[] published = rsa.toRSAPublicKey().getEncoded();

        assertUnknown(signed(JWSAlgorithm.HS256, "rsa", new MACSigner(published), CLAIMS));
    }

    @Test
    void knowsNobodyByASharedSecretEvenIfTheIssuerPublishesOne() throws JOSEException {
        assertUnknown(signed(JWSAlgorithm.HS256, "shared", new MACSigner(shared), CLAIMS));
    }

    @Test
    void knowsNobodyByATokenThatIsNotForUs() throws JOSEException {
        assertUnknown(elliptic(claims().issuer("somebody")));
        assertUnknown(elliptic(claims().issuer(null)));
        assertUnknown(elliptic(claims().audience("another")));
        assertUnknown(elliptic(claims().audience((String) null)));
    }

    @Test
    void knowsNobodyByATokenThatEndedOrNeverEnds() throws JOSEException {
        assertUnknown(elliptic(claims().expirationTime(Date.from(Instant.now().minusSeconds(6)))));
        assertUnknown(elliptic(claims().expirationTime(null)));
    }

    @Test
    void knowsNobodyByATokenWithoutAUser() throws JOSEException {
        assertUnknown(elliptic(claims().subject(null)));
        assertUnknown(elliptic(claims().subject("not-a-uuid")));
    }

    private void assertUnknown(String token) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> verifier.userOf(token))
                .satisfies(failure ->
                        assertThat(failure.problem()).isEqualTo(Problem.unauthorized("the bearer token is not valid")));
    }

    private String elliptic(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(elliptic), claims.build());
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("issuer")
                .audience("latchkey")
                .subject(USER.toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims)
            throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    /** Publishes all that it has, the shared secret too. */
    private static HttpServer issuer(JWKSet keys) throws IOException {
        byte[] published = keys.toString(false).getBytes(StandardCharsets.UTF_8);
        var server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/jwks", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, published.length);
                exchange.getResponseBody().write(published);
            }
        });
        server.start();
        return server;
    }
}
