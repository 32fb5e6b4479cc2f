package dev.latchkey.sealing;

import java.util.UUID;

/** Opens wrapped data keys; can not make any. */
@FunctionalInterface
public interface DataKeyOpener {
    /**
     * Asks for the master key that the wrapped key names, or not at all. Throws {@link VaultUnavailable} when Vault can not
     * say whether the key opens.
     */
    Unwrapped unwrap(WrappedKey key, UUID userId);
}
