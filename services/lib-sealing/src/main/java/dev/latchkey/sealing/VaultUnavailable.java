package dev.latchkey.sealing;

import org.jspecify.annotations.Nullable;

/** Vault is away, sealed, or refuses to work for this service. It may work later. */
public final class VaultUnavailable extends RuntimeException {
    public VaultUnavailable(String sentence) {
        this(sentence, null);
    }

    public VaultUnavailable(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
