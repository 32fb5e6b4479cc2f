package dev.latchkey.sealing;

import java.util.regex.Pattern;

/**
 * An API key that only an {@link Unsealer} can open.
 *
 * @param ciphertext for example {@code vault:v1:bm9uY2U...}
 * @param encryptionKeyId name of the key that sealed it
 */
public record SealedKey(String ciphertext, String encryptionKeyId) {
    private static final Pattern VERSION = Pattern.compile("[a-z]+:v(\\d{1,9}):");

    public SealedKey {
        if (ciphertext.isBlank() || encryptionKeyId.isBlank()) {
            throw new IllegalArgumentException("a sealed key has a ciphertext and the name of the key that sealed it");
        }
    }

    /** Version of the master key that a ciphertext was sealed under; 0 if it does not say. */
    public static int versionOf(String ciphertext) {
        var version = VERSION.matcher(ciphertext);
        return version.lookingAt() ? Integer.parseInt(version.group(1)) : 0;
    }
}
