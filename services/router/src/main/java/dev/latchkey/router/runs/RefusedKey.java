package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.router.defaults.Refusal;
import java.util.UUID;

/** A provider refused the key of a credential in an attempt. */
public record RefusedKey(UUID credentialId, Refusal refusal) {
    /** The call may have had a newer key than the task names, but none that was accepted after the worker took the task. */
    static RefusedKey of(CredentialVersion credential, AgentResult result) {
        return new RefusedKey(
                credential.getCredentialId(), new Refusal(credential.getRevision(), result.getStartedAt()));
    }
}
