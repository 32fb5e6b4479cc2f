package dev.latchkey.router.defaults;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.DefaultModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about the credentials of one user: of each the newest revision seen, and what providers refused,
 * whatever came first and however often. Two folds over the same changes and refusals are equal, in any order.
 */
public record UserCredentials(Map<UUID, CredentialChanged> newest, Map<UUID, Refusal> refusals) {
    private static final UserCredentials NONE = new UserCredentials(Map.of(), Map.of());

    public UserCredentials {
        newest = Map.copyOf(newest);
        refusals = Map.copyOf(refusals);
    }

    public static UserCredentials none() {
        return NONE;
    }

    /** The credentials after a change; the same ones when the change is old news. */
    public UserCredentials with(CredentialChanged change) {
        if (hasSeen(new CredentialVersion(change.getCredentialId(), change.getRevision()))) {
            return this;
        }
        var changed = new HashMap<>(newest);
        changed.put(change.getCredentialId(), change);
        return new UserCredentials(changed, refusals);
    }

    /** The credentials after a provider refused the key of one. */
    public UserCredentials refused(UUID credentialId, Refusal refusal) {
        var changed = new HashMap<>(refusals);
        changed.merge(credentialId, refusal, Refusal::and);
        return new UserCredentials(newest, changed);
    }

    public Optional<CredentialChanged> find(UUID credentialId) {
        return Optional.ofNullable(newest.get(credentialId));
    }

    /** That credential at the newest revision known. */
    public CredentialVersion newestOf(CredentialVersion version) {
        return find(version.getCredentialId())
                .filter(known -> known.getRevision() > version.getRevision())
                .map(known -> new CredentialVersion(known.getCredentialId(), known.getRevision()))
                .orElse(version);
    }

    public boolean hasSeen(CredentialVersion version) {
        return find(version.getCredentialId())
                .filter(known -> known.getRevision() >= version.getRevision())
                .isPresent();
    }

    /** Whether that credential is known to be deleted; no credential, which is the operator's, never is. */
    public boolean isDeleted(@Nullable CredentialVersion version) {
        return Optional.ofNullable(version)
                .flatMap(used -> find(used.getCredentialId()))
                .filter(known -> !known.getIsActive())
                .isPresent();
    }

    /** Whether the provider is known to refuse the key of that credential, which nobody has mended since. */
    public boolean isRefused(@Nullable CredentialVersion version) {
        return Optional.ofNullable(version)
                .flatMap(used -> find(used.getCredentialId()))
                .filter(this::isRefused)
                .isPresent();
    }

    public boolean isRefused(CredentialChanged credential) {
        return credential.getKeyRefusedAt() != null
                || Optional.ofNullable(refusals.get(credential.getCredentialId()))
                        .filter(refusal -> refusal.concerns(credential))
                        .isPresent();
    }

    /** Whether a credential is known that nobody may be asked with now. */
    public boolean isUnusable(UUID credentialId) {
        return find(credentialId)
                .filter(known -> !known.getIsActive() || isRefused(known))
                .isPresent();
    }

    /**
     * The credential that was made default last, if it is active. When it is not, there is no default: nobody pays with
     * a key that they did not choose.
     */
    public Optional<CredentialChanged> defaultCredential() {
        return newest.values().stream()
                .filter(credential -> credential.getDefaultRevision() > 0)
                .max(Comparator.comparingLong(CredentialChanged::getDefaultRevision))
                .filter(CredentialChanged::getIsActive);
    }

    public Optional<DefaultModel> defaultModel() {
        return defaultCredential().map(UserCredentials::modelOf);
    }

    private static DefaultModel modelOf(CredentialChanged credential) {
        return DefaultModel.newBuilder()
                .setUserId(credential.getUserId())
                .setCredentialId(credential.getCredentialId())
                .setProvider(credential.getProvider())
                .setModelName(credential.getModelName())
                .setBaseUrl(credential.getBaseUrl())
                .setRevision(credential.getRevision())
                .setChangedAt(credential.getChangedAt())
                .build();
    }
}
