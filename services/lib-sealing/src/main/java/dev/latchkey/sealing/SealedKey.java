package dev.latchkey.sealing;

/**
 * An API key that only an {@link Unsealer} can open.
 *
 * @param ciphertext for example {@code vault:v1:bm9uY2U...}
 * @param encryptionKeyId name of the key that sealed it
 */
public record SealedKey(String ciphertext, String encryptionKeyId) {
    public SealedKey {
        if (ciphertext.isBlank() || encryptionKeyId.isBlank()) {
            throw new IllegalArgumentException("a sealed key has a ciphertext and the name of the key that sealed it");
        }
    }
}
