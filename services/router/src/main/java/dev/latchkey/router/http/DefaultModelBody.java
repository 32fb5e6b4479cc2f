package dev.latchkey.router.http;

import dev.latchkey.events.DefaultModel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A default model as its user sees it. */
record DefaultModelBody(
        UUID credentialId,
        String provider,
        String modelName,
        @Nullable String baseUrl,
        long revision,
        Instant changedAt) {
    static DefaultModelBody of(DefaultModel model) {
        return new DefaultModelBody(
                model.getCredentialId(),
                model.getProvider(),
                model.getModelName(),
                model.getBaseUrl(),
                model.getRevision(),
                model.getChangedAt());
    }
}
