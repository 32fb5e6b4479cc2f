package dev.latchkey.sealing;

import java.util.UUID;

/** Whose key it is and where it may go: a sealed key opens for exactly this user, this credential and this destination. */
public record KeyOwner(UUID userId, UUID credentialId, Destination destination) {
    public String context() {
        return context(userId, credentialId);
    }

    /** The one text for an owner: both ids in lower case, joined by a slash. Changing it makes every sealed key unreadable. */
    public static String context(UUID userId, UUID credentialId) {
        return userId + "/" + credentialId;
    }

    /** What is sealed of a key. */
    public String sealable(String key) {
        return destination.with(key);
    }

    /** What was sealed, opened; refused when it was for another destination. */
    public Unsealed opened(String sealable) {
        var key = destination.keyIn(sealable);
        return key == null
                ? new Unsealed.Refused("the key was sealed for another provider or another address")
                : new Unsealed.Opened(new ApiKey(key));
    }
}
