package dev.latchkey.api.rest;

import dev.latchkey.sealing.ApiKey;
import org.jspecify.annotations.Nullable;

/** Body of a rotation: a new key, a new model, or both. */
record RotateBody(@Nullable ApiKey apiKey, @Nullable String modelName) implements AutoCloseable {
    /** Wipes the key. */
    @Override
    public void close() {
        if (apiKey != null) {
            apiKey.wipe();
        }
    }
}
