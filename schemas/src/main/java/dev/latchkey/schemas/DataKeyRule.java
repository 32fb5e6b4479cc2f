package dev.latchkey.schemas;

import static dev.latchkey.schemas.CredentialRule.isMissing;

import dev.latchkey.events.DataKeyChanged;
import java.util.Optional;

/** What a change of a data key must keep beyond its schema, for everybody who reads it. */
public final class DataKeyRule {
    private DataKeyRule() {}

    /** The rule that a change breaks, in one sentence without the content; empty for a good change. */
    public static Optional<String> brokenBy(String key, DataKeyChanged change) {
        if (!key.equals(change.getUserId().toString())) {
            return Optional.of("the record key is the userId");
        }
        if ((change.getKeyId() == null) != (change.getWrappedKey() == null)) {
            return Optional.of("keyId and wrappedKey are there together");
        }
        return change.getKeyId() != null
                        && (isMissing(change.getWrappedKey()) || isMissing(change.getEncryptionKeyId()))
                ? Optional.of("a wrapped key has the name of the key that wrapped it")
                : Optional.empty();
    }
}
