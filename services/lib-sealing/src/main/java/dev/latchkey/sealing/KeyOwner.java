package dev.latchkey.sealing;

import java.util.UUID;

/** Whose key it is: a sealed key opens for exactly this user and this credential. */
public record KeyOwner(UUID userId, UUID credentialId) {
    /** The one text for this owner: both ids in lower case, joined by a slash. Changing it makes every sealed key unreadable. */
    public String context() {
        return userId + "/" + credentialId;
    }
}
