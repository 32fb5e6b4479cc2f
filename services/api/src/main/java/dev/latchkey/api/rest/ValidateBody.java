package dev.latchkey.api.rest;

import dev.latchkey.sealing.ApiKey;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Body of a validation: of a key that comes with it, or of a stored one. */
record ValidateBody(
        @Nullable String provider,
        @Nullable ApiKey apiKey,
        @Nullable String modelName,
        @Nullable URI baseUrl,
        @Nullable UUID credentialId)
        implements AutoCloseable {
    RegisterBody plain() {
        return new RegisterBody(provider, apiKey, modelName, false, baseUrl);
    }

    boolean mixesBoth() {
        return credentialId != null && (provider != null || apiKey != null || modelName != null || baseUrl != null);
    }

    /** Wipes the key. */
    @Override
    public void close() {
        if (apiKey != null) {
            apiKey.wipe();
        }
    }
}
