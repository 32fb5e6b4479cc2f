package dev.latchkey.sealing;

import java.util.UUID;

/** Opens wrapped data keys; can not make any. */
@FunctionalInterface
public interface DataKeyOpener {
    /** Throws {@link VaultUnavailable} when Vault can not say whether the key opens. */
    Unwrapped unwrap(String wrappedKey, UUID userId);
}
