package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Catalogue;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.sealing.ApiKey;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Body of a registration. */
record RegisterBody(
        @Nullable String provider,
        @Nullable ApiKey apiKey,
        @Nullable String modelName,
        @Nullable Boolean isDefault,
        @Nullable URI baseUrl)
        implements AutoCloseable {
    ApiKey key() {
        return Bodies.required(apiKey, "api_key");
    }

    Model model(Catalogue catalogue) {
        return catalogue.model(Catalogue.provider(Bodies.required(provider, "provider")), modelName, baseUrl);
    }

    boolean wantsDefault() {
        return Boolean.TRUE.equals(isDefault);
    }

    /** Wipes the key. */
    @Override
    public void close() {
        if (apiKey != null) {
            apiKey.wipe();
        }
    }
}
