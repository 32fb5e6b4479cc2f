package dev.latchkey.api.credentials;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When things happened to a credential.
 *
 * @param lastValidatedAt when the provider last accepted the key, if it ever did
 * @param keyRefusedAt when the provider refused the key; null when it has not, or has accepted it since
 */
public record Times(
        @Nullable Instant lastValidatedAt, @Nullable Instant keyRefusedAt, Instant createdAt, Instant updatedAt) {
    Times updated(Instant now) {
        return new Times(lastValidatedAt, keyRefusedAt, createdAt, now);
    }

    Times validated(Instant now) {
        return new Times(now, null, createdAt, now);
    }

    Times refused(Instant now) {
        return new Times(lastValidatedAt, now, createdAt, now);
    }

    boolean isValidatedBefore(Instant moment) {
        return lastValidatedAt == null || lastValidatedAt.isBefore(moment);
    }
}
