package dev.latchkey.standins.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.standins.local.Caller;
import dev.latchkey.standins.local.Listen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevIssuerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final UUID USER = UUID.fromString("018f0000-0000-7000-8000-00000000000a");

    @TempDir
    private Path directory;

    private Path keyFile = Path.of("unset");

    @BeforeEach
    void chooseAFile() {
        keyFile = directory.resolve("issuer.json");
    }

    @Test
    void signsATokenThatItsPublishedKeyVerifies() throws Exception {
        try (var issuer = DevIssuer.start(Listen.atAnyPort(), signer())) {
            var token = SignedJWT.parse(issuer.token(USER, Duration.ofMinutes(5)));

            var key = JWKSet.load(issuer.jwks().toURL())
                    .getKeyByKeyId(token.getHeader().getKeyID());
            var claims = token.getJWTClaimsSet();
            assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
            assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
            assertThat(claims.getSubject()).isEqualTo(USER.toString());
            assertThat(claims.getIssuer()).isEqualTo("latchkey-dev");
            assertThat(claims.getAudience()).containsExactly("latchkey");
            assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plus(Duration.ofMinutes(5))));
        }
    }

    @Test
    void publishesNoPrivateKey() {
        try (var issuer = DevIssuer.start(Listen.atAnyPort(), signer())) {
            var keys = caller(issuer).get("/.well-known/jwks.json");

            assertThat(keys.json().at("/keys/0/kty").textValue()).isEqualTo("EC");
            assertThat(keys.json().at("/keys/0").has("d")).isFalse();
        }
    }

    @Test
    void keepsOneKeyThatOnlyItsOwnerMayRead() throws Exception {
        var before = signer().publicKeys();
        var after = signer().publicKeys();

        assertThat(after).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("rw-------");
    }

    @Test
    void doesNotStartOverAKeyThatItCanNotRead() throws Exception {
        Files.writeString(keyFile, "{\"kty\": \"EC\", \"d\": \"secret");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(this::signer)
                .withMessage("the dev issuer can not read its key in " + keyFile)
                .withNoCause();
    }

    @Test
    void givesATokenForAUserToWhoeverAsks() throws Exception {
        try (var issuer = DevIssuer.start(Listen.atAnyPort(), signer())) {
            var token = caller(issuer).post("/tokens/" + USER, "");

            assertThat(SignedJWT.parse(token.text()).getJWTClaimsSet().getSubject())
                    .isEqualTo(USER.toString());
            assertThat(caller(issuer).post("/tokens/somebody", "").status()).isEqualTo(400);
        }
    }

    private TokenSigner signer() {
        return TokenSigner.keptIn(keyFile, "latchkey-dev", "latchkey", InstantSource.fixed(NOW));
    }

    private static Caller caller(DevIssuer issuer) {
        return new Caller(issuer.jwks(), "Accept", "*/*");
    }
}
