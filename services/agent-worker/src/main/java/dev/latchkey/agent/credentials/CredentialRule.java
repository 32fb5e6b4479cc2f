package dev.latchkey.agent.credentials;

import dev.latchkey.events.CredentialChanged;
import java.util.Optional;

/** What a change of a credential must keep to be believed. */
public final class CredentialRule {
    private CredentialRule() {}

    /** The broken rule in one sentence, without the content. */
    public static Optional<String> brokenBy(String key, CredentialChanged change) {
        if (!key.equals(change.getCredentialId().toString())) {
            return Optional.of("the record key is not the credentialId");
        }
        if (change.getRevision() < 1) {
            return Optional.of("a revision is at least 1");
        }
        if (change.getIsActive() && change.getSealedKey() == null) {
            return Optional.of("an active credential has a sealed key");
        }
        return Optional.empty();
    }
}
