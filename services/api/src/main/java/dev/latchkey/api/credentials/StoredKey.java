package dev.latchkey.api.credentials;

import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.SealedKey;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an API key: enough to use it with Vault's help and to recognise it, not enough to read it.
 *
 * @param ciphertext null once wiped
 * @param fingerprint tells sealed keys apart in the history; null once wiped
 */
public record StoredKey(
        @Nullable String ciphertext,
        String encryptionKeyId,
        String masked,
        @Nullable String fingerprint) {
    public StoredKey {
        if ((ciphertext == null) != (fingerprint == null)) {
            throw new IllegalArgumentException("a key and its fingerprint are wiped together");
        }
    }

    public static StoredKey of(ApiKey key, SealedKey sealed, String fingerprint) {
        return new StoredKey(sealed.ciphertext(), sealed.encryptionKeyId(), key.masked(), fingerprint);
    }

    StoredKey rewrapped(String anew, String newFingerprint) {
        return new StoredKey(anew, encryptionKeyId, masked, newFingerprint);
    }

    StoredKey wiped() {
        return new StoredKey(null, encryptionKeyId, masked, null);
    }
}
