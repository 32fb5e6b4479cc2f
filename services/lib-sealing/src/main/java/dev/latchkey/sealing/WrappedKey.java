package dev.latchkey.sealing;

import java.util.UUID;

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

    /** The one text for this user. Changing it makes every wrapped key unreadable. */
    public static String context(UUID userId) {
        return userId.toString();
    }
}
