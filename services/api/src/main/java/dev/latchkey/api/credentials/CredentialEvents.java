package dev.latchkey.api.credentials;

import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialState;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Credentials as the events that tell others about them. */
public final class CredentialEvents {
    /**
     * What a history entry gets from the turn in which it is written.
     *
     * @param sequence position in the user's history: 1, 2, 3 without gaps
     * @param revision of the user's credentials after the deed
     */
    public record Stamp(UUID eventId, long sequence, Revision revision) {}

    private CredentialEvents() {}

    public static CredentialChanged changed(Credential credential, UUID eventId) {
        var standing = credential.standing();
        return CredentialChanged.newBuilder()
                .setEventId(eventId)
                .setCredentialId(credential.id())
                .setUserId(credential.userId())
                .setRevision(standing.revision())
                .setDefaultRevision(standing.defaultRevision())
                .setProvider(credential.model().provider().wireName())
                .setModelName(credential.model().name())
                .setBaseUrl(text(credential.model().baseUrl()))
                .setSealedKey(credential.key().ciphertext())
                .setEncryptionKeyId(credential.key().encryptionKeyId())
                .setMaskedKey(credential.key().masked())
                .setIsActive(standing.isActive())
                .setLastValidatedAt(credential.times().lastValidatedAt())
                .setKeyRefusedAt(credential.times().keyRefusedAt())
                .setCreatedAt(credential.times().createdAt())
                .setChangedAt(credential.times().updatedAt())
                .build();
    }

    /** An entry of the history about a credential, in the state that the deed left it in. */
    public static CredentialAudited audited(Stamp stamp, Deed deed, Credential after) {
        return tried(stamp, deed, after.id(), after);
    }

    /** An entry of the history; {@code untouched} is null when the user has no credential {@code id} or none was named. */
    public static CredentialAudited tried(Stamp stamp, Deed deed, @Nullable UUID id, @Nullable Credential untouched) {
        return CredentialAudited.newBuilder()
                .setEventId(stamp.eventId())
                .setUserId(deed.act().userId())
                .setSequence(stamp.sequence())
                .setCredentialId(id)
                .setChange(deed.change())
                .setActor(deed.act().actor())
                .setRequestId(deed.act().requestId())
                .setResult(deed.result())
                .setRevision(stamp.revision().number())
                .setAfter(untouched == null ? null : state(untouched))
                .setOccurredAt(stamp.revision().at())
                .build();
    }

    private static CredentialState state(Credential credential) {
        var standing = credential.standing();
        return CredentialState.newBuilder()
                .setProvider(credential.model().provider().wireName())
                .setModelName(credential.model().name())
                .setBaseUrl(text(credential.model().baseUrl()))
                .setMaskedKey(credential.key().masked())
                .setKeyFingerprint(credential.key().fingerprint())
                .setIsDefault(standing.isDefault())
                .setIsActive(standing.isActive())
                .setDefaultRevision(standing.defaultRevision())
                .setCreatedAt(credential.times().createdAt())
                .setKeyRefusedAt(credential.times().keyRefusedAt())
                .build();
    }

    private static @Nullable String text(@Nullable URI url) {
        return url == null ? null : url.toString();
    }
}
