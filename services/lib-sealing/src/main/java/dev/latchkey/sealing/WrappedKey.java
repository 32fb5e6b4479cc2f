package dev.latchkey.sealing;

/**
 * A data key that only a {@link DataKeyOpener} can open.
 *
 * @param ciphertext for example {@code vault:v1:bm9uY2U...}
 * @param encryptionKeyId name of the key that wrapped it
 */
public record WrappedKey(String ciphertext, String encryptionKeyId) {
    public WrappedKey {
        if (ciphertext.isBlank() || encryptionKeyId.isBlank()) {
            throw new IllegalArgumentException(
                    "a wrapped key has a ciphertext and the name of the key that wrapped it");
        }
    }
}
