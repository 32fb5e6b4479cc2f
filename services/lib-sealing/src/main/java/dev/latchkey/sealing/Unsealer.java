package dev.latchkey.sealing;

/** Opens sealed keys; can not seal. */
public interface Unsealer {
    /**
     * Asks for the master key that the sealed key names, or not at all. Throws {@link VaultUnavailable} when Vault can not say
     * whether the key opens.
     */
    Unsealed unseal(SealedKey key, KeyOwner owner);
}
