package dev.latchkey.embedded;

import dev.latchkey.runtime.StateHome;
import dev.latchkey.standins.issuer.TokenSigner;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The development tokens that a stack on this machine accepts. */
public final class Tokens {
    static final String ISSUER = "latchkey-dev";
    static final String AUDIENCE = "latchkey";

    private Tokens() {}

    public static TokenSigner signer(Path keyFile) {
        return TokenSigner.keptIn(keyFile, ISSUER, AUDIENCE, InstantSource.system());
    }

    /** Where the signing key is kept for a user of this machine: a stack and whoever makes tokens share it. */
    public static Path keyFile(Map<String, String> environment) {
        return StateHome.of(environment).resolve("issuer.json");
    }
}
