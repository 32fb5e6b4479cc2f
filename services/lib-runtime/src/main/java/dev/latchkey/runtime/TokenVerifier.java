package dev.latchkey.runtime;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Knows users by tokens (JWT, RS256 or ES256) whose keys are published at a JWKS URL. */
public final class TokenVerifier {
    public static final String JWKS = "LATCHKEY_JWKS_URL";
    private static final String SUBJECT = "sub";
    private static final String EXPIRY = "exp";
    /** How far the issuer's clock may be ahead of ours or behind it. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofSeconds(5);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    public TokenVerifier(URI jwks, String issuer, String audience) {
        var keys = keysAt(jwks);
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys));
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of(SUBJECT, EXPIRY));
        claims.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    public static TokenVerifier from(Settings settings) {
        var jwks = settings.uri(JWKS);
        Parts.requireHttp("the token issuer", jwks, JWKS);
        return new TokenVerifier(
                jwks,
                settings.text("LATCHKEY_JWT_ISSUER", "latchkey-dev"),
                settings.text("LATCHKEY_JWT_AUDIENCE", "latchkey"));
    }

    /** The user that a token speaks for; throws the problem that its bearer should hear when it speaks for nobody. */
    UUID userOf(String token) {
        try {
            return UUID.fromString(processor.process(token, null).getSubject());
        } catch (ParseException | BadJOSEException | IllegalArgumentException e) {
            throw new ProblemException(Problem.unauthorized("the bearer token is not valid"));
        } catch (JWKSetUnavailableException e) {
            throw new ProblemException(Problem.unavailable("the token issuer does not answer", SOON));
        } catch (JOSEException e) {
            throw new ProblemException(Problem.unauthorized("the bearer token could not be checked"));
        }
    }

    private static com.nimbusds.jose.jwk.source.JWKSource<SecurityContext> keysAt(URI jwks) {
        try {
            return JWKSourceBuilder.create(jwks.toURL())
                    .retrying(true)
                    .outageTolerant(true)
                    .build();
        } catch (MalformedURLException e) {
            throw new StartRefused("environment variable " + JWKS + " must be a URL, not " + jwks, e);
        }
    }
}
