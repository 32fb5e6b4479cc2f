package dev.latchkey.sealing;

/** Opens sealed keys; can not seal. */
public interface Unsealer {
    /** Throws {@link VaultUnavailable} when Vault can not say whether the key opens. */
    Unsealed unseal(String ciphertext, KeyOwner owner);
}
