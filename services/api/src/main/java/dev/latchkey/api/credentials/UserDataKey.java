package dev.latchkey.api.credentials;

import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.sealing.WrappedKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The key that a user's payloads are sealed under, as Vault wrapped it. */
public record UserDataKey(UUID userId, UUID keyId, WrappedKey wrapped, Instant changedAt) {
    /** The same key, wrapped anew: later than before, whatever the clock says. */
    public UserDataKey rewrapped(String anew, Instant now) {
        var later = now.isAfter(changedAt) ? now : changedAt.plus(1, ChronoUnit.MICROS);
        return new UserDataKey(userId, keyId, new WrappedKey(anew, wrapped.encryptionKeyId()), later);
    }

    public DataKeyChanged changed(UUID eventId) {
        return DataKeyChanged.newBuilder()
                .setEventId(eventId)
                .setUserId(userId)
                .setKeyId(keyId)
                .setWrappedKey(wrapped.ciphertext())
                .setEncryptionKeyId(wrapped.encryptionKeyId())
                .setChangedAt(changedAt)
                .build();
    }

    /** What is published of a user who has no data key any more, and never will have one. */
    public static DataKeyChanged forgotten(UUID userId, UUID eventId, Instant now) {
        return DataKeyChanged.newBuilder()
                .setEventId(eventId)
                .setUserId(userId)
                .setChangedAt(now)
                .build();
    }
}
