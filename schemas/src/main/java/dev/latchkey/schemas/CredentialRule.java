package dev.latchkey.schemas;

import dev.latchkey.events.CredentialChanged;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a change of a credential must keep beyond its schema, for everybody who reads it. */
public final class CredentialRule {
    private CredentialRule() {}

    /** The rule that a change breaks, in one sentence without the content; empty for a good change. */
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
        return change.getIsActive() && (isMissing(change.getSealedKey()) || isMissing(change.getEncryptionKeyId()))
                ? Optional.of("an active credential has a sealed key and the name of the key that sealed it")
                : Optional.empty();
    }

    static boolean isMissing(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
