package dev.latchkey.router.defaults;

import dev.latchkey.events.CredentialChanged;
import java.time.Instant;

/**
 * A provider refused the key of a credential.
 *
 * @param revision of the credential that the call was made with
 * @param at when the call began
 */
public record Refusal(long revision, Instant at) {
    /** Both, whichever came first. */
    Refusal and(Refusal other) {
        return new Refusal(Math.max(revision, other.revision), at.isAfter(other.at) ? at : other.at);
    }

    /**
     * Whether it still says something about the key. Registering, rotating and checking a key all note that its provider
     * accepted it, so a newer change with a later note has a good key; any other change left the key as it was.
     */
    boolean concerns(CredentialChanged newest) {
        var accepted = newest.getLastValidatedAt();
        return newest.getRevision() <= revision || accepted == null || !accepted.isAfter(at);
    }
}
