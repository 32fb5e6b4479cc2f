package dev.latchkey.agent.credentials;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.VaultUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens the key that a task was released with. While Vault is away, and while it is not known what was deleted lately, a
 * task waits here, up to its deadline: it is neither answered nor lost.
 */
public final class Keys {
    private final CredentialView view;
    private final KeyOpener opener;
    private final SystemKey systemKey;
    private final Waiting waiting;

    /**
     * The operator's key, if there is one. Its text is copied for every task, so that wiping a copy spares it.
     *
     * @param provider who alone gets it
     */
    public record SystemKey(String provider, @Nullable ApiKey key) {
        public static SystemKey none() {
            return new SystemKey("", null);
        }
    }

    /**
     * How tasks wait.
     *
     * @param vaultPause how long to wait before asking an absent Vault again
     * @param catchUp for what was deleted lately, and for a sealed key that was sealed anew and does not open any more
     */
    public record Waiting(InstantSource clock, Duration vaultPause, CatchUp catchUp) {}

    public Keys(CredentialView view, KeyOpener opener, SystemKey systemKey, Waiting waiting) {
        this.view = view;
        this.opener = opener;
        this.systemKey = systemKey;
        this.waiting = waiting;
    }

    public KeyGrant grant(AgentTask task) throws InterruptedException {
        return switch (task.getKeyOwner()) {
            case USER -> userKey(task);
            case SYSTEM -> systemKey(task);
        };
    }

    /** Returns once it is known what was deleted lately; false when the deadline passes first. */
    public boolean awaitNews(AgentTask task) throws InterruptedException {
        return waiting.catchUp().recently(task.getDeadline());
    }

    /** Why the task may not use its key any more; empty while it may. */
    public Optional<String> revoked(AgentTask task) {
        return switch (task.getKeyOwner()) {
            case USER -> unusable(current(task), task);
            case SYSTEM -> Optional.empty();
        };
    }

    /** Whether the credential that the task was released with is known to be deleted. */
    public boolean isDeleted(AgentTask task) {
        return switch (task.getKeyOwner()) {
            case USER -> !current(task).getIsActive();
            case SYSTEM -> false;
        };
    }

    private KeyGrant systemKey(AgentTask task) throws InterruptedException {
        var key = systemKey.key();
        if (key == null) {
            return new KeyGrant.Denied("this installation has no system key");
        }
        if (!task.getProvider().equals(systemKey.provider())) {
            return new KeyGrant.Denied("the system key is for another provider");
        }
        opener.recordSystemKey(task.getUserId(), Purpose.ofAnswering(task));
        return new KeyGrant.Granted(key.reveal(ApiKey::new), key.masked());
    }

    private KeyGrant userKey(AgentTask task) throws InterruptedException {
        if (view.await(task.getCredential(), task.getDeadline()).isEmpty()) {
            return new KeyGrant.TooLate();
        }
        while (awaitNews(task) && waiting.clock().instant().isBefore(task.getDeadline())) {
            try {
                return open(current(task), task);
            } catch (VaultUnavailable e) {
                Thread.sleep(waiting.vaultPause());
            }
        }
        return new KeyGrant.TooLate();
    }

    private KeyGrant open(CredentialChanged credential, AgentTask task) throws InterruptedException {
        var obstacle = unusable(credential, task);
        if (obstacle.isPresent()) {
            return new KeyGrant.Denied(obstacle.get());
        }
        return switch (opener.open(credential, Purpose.ofAnswering(task))) {
            case Unsealed.Opened(var key) -> new KeyGrant.Granted(key, credential.getMaskedKey());
            case Unsealed.Refused(var why) -> refused(credential, task, why);
        };
    }

    /**
     * The master key may have been rotated: then the key was sealed anew, and what is known here is too old to open. A key
     * that was not is denied for good.
     */
    private KeyGrant refused(CredentialChanged tried, AgentTask task, String why) throws InterruptedException {
        if (!waiting.catchUp().before(task.getDeadline())) {
            return new KeyGrant.TooLate();
        }
        var newest = current(task);
        return newest.getIsActive() && Binding.sealedKey(newest).equals(Binding.sealedKey(tried))
                ? new KeyGrant.Denied(why)
                : open(newest, task);
    }

    private CredentialChanged current(AgentTask task) {
        return view.now(task.getCredential().getCredentialId()).orElseThrow();
    }

    private static Optional<String> unusable(CredentialChanged credential, AgentTask task) {
        if (!credential.getUserId().equals(task.getUserId())) {
            return Optional.of("the credential belongs to somebody else");
        }
        if (!credential.getProvider().equals(task.getProvider())
                || !Objects.equals(credential.getBaseUrl(), task.getBaseUrl())) {
            return Optional.of("the task would send the key to where it was not sealed for");
        }
        return credential.getIsActive() ? Optional.empty() : Optional.of("the credential was deleted");
    }
}
