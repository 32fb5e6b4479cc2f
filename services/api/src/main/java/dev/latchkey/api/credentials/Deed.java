package dev.latchkey.api.credentials;

import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;

/** Something that was done and belongs into the history. */
public record Deed(Act act, CredentialChange change, AuditResult result) {
    public static Deed done(Act act, CredentialChange change) {
        return new Deed(act, change, AuditResult.SUCCEEDED);
    }
}
