package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Credential;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A credential as its owner sees it. */
record CredentialView(
        UUID id,
        String provider,
        String modelName,
        @Nullable URI baseUrl,
        String maskedKey,
        boolean isDefault,
        boolean isActive,
        KeyStatus status,
        @Nullable Instant lastValidatedAt,
        @Nullable Instant keyRefusedAt,
        Instant createdAt,
        Instant updatedAt) {
    /** What its provider last said of the key. */
    enum KeyStatus {
        VALID,
        REFUSED
    }

    static CredentialView of(Credential credential) {
        return new CredentialView(
                credential.id(),
                credential.model().provider().wireName(),
                credential.model().name(),
                credential.model().baseUrl(),
                credential.key().masked(),
                credential.standing().isDefault(),
                credential.standing().isActive(),
                credential.isRefused() ? KeyStatus.REFUSED : KeyStatus.VALID,
                credential.times().lastValidatedAt(),
                credential.times().keyRefusedAt(),
                credential.times().createdAt(),
                credential.times().updatedAt());
    }
}
