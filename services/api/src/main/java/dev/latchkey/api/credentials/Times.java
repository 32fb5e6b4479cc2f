package dev.latchkey.api.credentials;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When things happened to a credential.
 *
 * @param lastValidatedAt when the provider last accepted the key, if it ever did
 */
public record Times(@Nullable Instant lastValidatedAt, Instant createdAt, Instant updatedAt) {
    Times updated(Instant now) {
        return new Times(lastValidatedAt, createdAt, now);
    }

    Times validated(Instant now) {
        return new Times(now, createdAt, now);
    }
}
