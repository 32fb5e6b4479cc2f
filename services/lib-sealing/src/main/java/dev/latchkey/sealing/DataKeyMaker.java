package dev.latchkey.sealing;

import java.util.UUID;

/** Makes data keys without ever seeing one. */
@FunctionalInterface
public interface DataKeyMaker {
    /** A new one, bound to the user. Throws {@link VaultUnavailable} when Vault does not do its part. */
    WrappedKey make(UUID userId);
}
