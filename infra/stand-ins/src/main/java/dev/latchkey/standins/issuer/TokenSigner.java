package dev.latchkey.standins.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.standins.local.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;

/** FOR DEVELOPMENT ONLY: signs tokens (ES256) for any user, with a key kept in a file that is made on first use. */
public final class TokenSigner {
    private final ECKey key;
    private final String issuer;
    private final String audience;
    private final InstantSource clock;

    private TokenSigner(ECKey key, String issuer, String audience, InstantSource clock) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    public static TokenSigner keptIn(Path keyFile, String issuer, String audience, InstantSource clock) {
        return new TokenSigner(keyIn(new PrivateFile(keyFile)), issuer, audience, clock);
    }

    /** A JWT whose {@code sub} is the user. */
    public String token(UUID user, Duration ttl) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .subject(user.toString())
                .issuer(issuer)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ttl)))
                .build();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM can not sign", e);
        }
    }

    /** The public half as a JWKS document. */
    String publicKeys() {
        return new JWKSet(key).toString();
    }

    private static ECKey keyIn(PrivateFile file) {
        return file.read().map(content -> parse(file.path(), content)).orElseGet(() -> made(file));
    }

    private static ECKey parse(Path path, byte[] content) {
        try {
            return ECKey.parse(new String(content, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new StartRefused("the dev issuer can not read its key in " + path);
        }
    }

    private static ECKey made(PrivateFile file) {
        try {
            var key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
            file.replace(key.toJSONString().getBytes(StandardCharsets.UTF_8));
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM can not make keys", e);
        }
    }
}
