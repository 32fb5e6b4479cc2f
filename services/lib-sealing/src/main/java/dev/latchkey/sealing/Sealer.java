package dev.latchkey.sealing;

/** Seals keys; can not open them. Every method throws {@link VaultUnavailable} when Vault does not do its part. */
public interface Sealer {
    SealedKey seal(ApiKey key, KeyOwner owner);

    /** A keyed fingerprint of the ciphertext, for the history: equal exactly for equal ciphertexts, and opens nothing. */
    String fingerprint(SealedKey sealedKey);
}
