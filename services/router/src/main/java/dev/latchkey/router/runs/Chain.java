package dev.latchkey.router.runs;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.RunReason;
import dev.latchkey.router.defaults.UserCredentials;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The credentials that a user has put in order: when one can not answer, the next that may be used takes its place. */
final class Chain {
    /** What another key may change; a question that is refused for what it says is not asked elsewhere. */
    private static final Set<RunReason> OF_THE_KEY = Set.of(
            RunReason.KEY_REFUSED,
            RunReason.ATTEMPTS_EXHAUSTED,
            RunReason.CREDENTIAL_INACTIVE,
            RunReason.CREDENTIAL_UNUSABLE);

    private Chain() {}

    static boolean goesOnAfter(@Nullable RunReason reason) {
        return reason != null && OF_THE_KEY.contains(reason);
    }

    /** The task for the next credential, before its first attempt; empty when there is none left. */
    static Optional<AgentTask> next(AgentTask task, UserCredentials credentials) {
        var left = task.getFallbacks();
        for (int i = 0; i < left.size(); i++) {
            var usable = usable(left.get(i), credentials);
            if (usable.isPresent()) {
                return Optional.of(with(usable.get(), task, left.subList(i + 1, left.size())));
            }
        }
        return Optional.empty();
    }

    static Optional<CredentialChanged> usable(UUID id, UserCredentials credentials) {
        return credentials.find(id).filter(known -> !credentials.isUnusable(id));
    }

    private static AgentTask with(CredentialChanged credential, AgentTask task, List<UUID> left) {
        return AgentTask.newBuilder(task)
                .setAttempt(0)
                .setCredential(new CredentialVersion(credential.getCredentialId(), credential.getRevision()))
                .setProvider(credential.getProvider())
                .setModelName(credential.getModelName())
                .setBaseUrl(credential.getBaseUrl())
                .setFallbacks(left)
                .build();
    }
}
