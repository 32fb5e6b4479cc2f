package dev.latchkey.embedded;

import dev.latchkey.standins.local.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The token of whoever rotates the master key, in a file that is made on first use. It lies beside the issuer's key, so that
 * {@code ./latchkey keys} finds the one that a stack of the same user accepts.
 */
final class RotatorToken {
    private static final int BYTES = 24;

    private RotatorToken() {}

    static String besideIssuerKey(Path issuerKey) {
        var file = new PrivateFile(issuerKey.resolveSibling("rotator-token"));
        return file.read()
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElseGet(() -> made(file));
    }

    /** A word of its own, that nobody can guess. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String made(PrivateFile file) {
        var token = random();
        file.replace(token.getBytes(StandardCharsets.UTF_8));
        return token;
    }
}
