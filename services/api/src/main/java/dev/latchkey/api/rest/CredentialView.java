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
        @Nullable Instant lastValidatedAt,
        Instant createdAt,
        Instant updatedAt) {
    static CredentialView of(Credential credential) {
        return new CredentialView(
                credential.id(),
                credential.model().provider().wireName(),
                credential.model().name(),
                credential.model().baseUrl(),
                credential.key().masked(),
                credential.standing().isDefault(),
                credential.standing().isActive(),
                credential.times().lastValidatedAt(),
                credential.times().createdAt(),
                credential.times().updatedAt());
    }
}
