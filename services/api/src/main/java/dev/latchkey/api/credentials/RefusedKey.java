package dev.latchkey.api.credentials;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.Receipt;
import dev.latchkey.events.RunReason;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A key that a provider refused in a call for a prompt.
 *
 * @param promptId the prompt
 * @param revision of the credential that the call was made with
 * @param at when the run ended with it
 */
public record RefusedKey(UUID userId, UUID credentialId, UUID promptId, long revision, Instant at) {
    private static final String ACTOR = "agent-worker";

    /** Empty for a run that does not end so, and for one that does and whose call is not on its receipt. */
    public static Optional<RefusedKey> of(AgentRun run) {
        return Optional.ofNullable(run.getReceipt())
                .filter(receipt -> isRefused(run) && namesItsCall(receipt))
                .map(receipt -> new RefusedKey(
                        run.getUserId(),
                        receipt.getCredentialId(),
                        run.getPromptId(),
                        receipt.getCredentialRevision(),
                        run.getUpdatedAt()));
    }

    /** In the history it stands under the prompt, for no request is behind it. */
    public Act act() {
        return new Act(userId, ACTOR, promptId.toString());
    }

    /** A later key is another one, and a provider that has accepted the key since takes back what it said. */
    public boolean isNewsOf(Credential credential) {
        return credential.hasKeyOf(revision)
                && !credential.isRefused()
                && credential.times().isValidatedBefore(at);
    }

    private static boolean isRefused(AgentRun run) {
        boolean isFinal = switch (run.getStatus()) {
            case REFUSED, FAILED -> true;
            case RUNNING, RETRYING, ANSWERED -> false;
        };
        return isFinal && run.getReason() == RunReason.KEY_REFUSED;
    }

    private static boolean namesItsCall(Receipt receipt) {
        return receipt.getCredentialId() != null
                && receipt.getCredentialRevision() != null
                && receipt.getMaskedKey() != null;
    }
}
