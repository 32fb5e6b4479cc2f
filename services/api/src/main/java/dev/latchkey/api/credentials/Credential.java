package dev.latchkey.api.credentials;

import java.util.UUID;

/** A user's key for a model at a provider. */
public record Credential(UUID id, UUID userId, Model model, StoredKey key, Standing standing, Times times) {
    public Credential {
        if (standing.isActive() == (key.ciphertext() == null)) {
            throw new IllegalArgumentException("a credential has a sealed key exactly while it is active");
        }
    }

    /** A change of a credential, made at its owner's next revision; or none, which leaves it as it is. */
    @FunctionalInterface
    public interface Change {
        Credential apply(Credential before, Revision revision);
    }

    public static Credential registered(UUID userId, Registration registration, Revision revision) {
        long number = revision.number();
        boolean isDefault = registration.isDefault();
        return new Credential(
                registration.id(),
                userId,
                registration.model(),
                registration.key(),
                new Standing(number, isDefault ? number : 0, number, isDefault, true),
                new Times(revision.at(), null, revision.at(), revision.at()));
    }

    public Credential madeDefault(Revision revision) {
        return new Credential(
                id, userId, model, key, standing.asDefault(revision.number()), times.updated(revision.at()));
    }

    public Credential deleted(Revision revision) {
        return new Credential(
                id, userId, model, key.wiped(), standing.deleted(revision.number()), times.updated(revision.at()));
    }

    /** Whether the key that it had at an earlier revision still is its key. */
    public boolean hasKeyOf(long earlierRevision) {
        return standing.keyRevision() <= earlierRevision;
    }

    public Credential validated(Revision revision) {
        return new Credential(id, userId, model, key, standing.at(revision.number()), times.validated(revision.at()));
    }

    /** The provider does not accept its key any more. It stays what it was otherwise: a default is its owner's choice. */
    public Credential refused(Revision revision) {
        return new Credential(id, userId, model, key, standing.at(revision.number()), times.refused(revision.at()));
    }

    public boolean isRefused() {
        return times.keyRefusedAt() != null;
    }

    /** The new key was validated just before. */
    public Credential rotated(StoredKey newKey, Revision revision) {
        return new Credential(
                id, userId, model, newKey, standing.withKey(revision.number()), times.validated(revision.at()));
    }

    /** The same key as before, sealed anew. */
    public Credential rewrapped(String anew, String fingerprint, Revision revision) {
        return new Credential(
                id,
                userId,
                model,
                key.rewrapped(anew, fingerprint),
                standing.at(revision.number()),
                times.updated(revision.at()));
    }

    public Credential renamed(String modelName, Revision revision) {
        return new Credential(
                id, userId, model.named(modelName), key, standing.at(revision.number()), times.updated(revision.at()));
    }
}
