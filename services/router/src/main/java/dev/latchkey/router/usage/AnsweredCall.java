package dev.latchkey.router.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question to a model that was answered.
 *
 * @param credentialId whose key paid; null for the system's
 */
public record AnsweredCall(UUID userId, @Nullable UUID credentialId, ModelId model, Tokens tokens, Instant at) {
    LocalDate day() {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
