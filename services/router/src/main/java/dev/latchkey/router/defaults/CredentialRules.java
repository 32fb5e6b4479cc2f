package dev.latchkey.router.defaults;

import dev.latchkey.events.CredentialChanged;
import java.util.Optional;

/** What a credential change must keep beyond its schema. */
public final class CredentialRules {
    private CredentialRules() {}

    /** The rule that a change breaks, if any. */
    public static Optional<String> brokenBy(String key, CredentialChanged change) {
        if (!key.equals(change.getCredentialId().toString())) {
            return Optional.of("the record key is the credentialId");
        }
        if (change.getRevision() < 1) {
            return Optional.of("revision is at least 1");
        }
        if (change.getDefaultRevision() < 0 || change.getDefaultRevision() > change.getRevision()) {
            return Optional.of("defaultRevision is between 0 and revision");
        }
        return Optional.empty();
    }
}
