package dev.latchkey.agent.credentials;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The newest known state of every credential. Changes may arrive in any order: the highest revision wins. */
public final class CredentialView implements CredentialListener {
    private final InstantSource clock;
    private final Map<UUID, CredentialChanged> newest = new HashMap<>();

    public CredentialView(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void changed(CredentialChanged change) {
        newest.merge(change.getCredentialId(), change, CredentialView::newer);
        notifyAll();
    }

    public synchronized Optional<CredentialChanged> now(UUID credentialId) {
        return Optional.ofNullable(newest.get(credentialId));
    }

    /** Waits until the credential is known at the version or a later one. Empty when the deadline passes first. */
    public synchronized Optional<CredentialChanged> await(CredentialVersion version, Instant deadline)
            throws InterruptedException {
        var known = atLeast(version);
        while (known.isEmpty() && clock.instant().isBefore(deadline)) {
            wait(Math.max(1, Duration.between(clock.instant(), deadline).toMillis()));
            known = atLeast(version);
        }
        return known;
    }

    private Optional<CredentialChanged> atLeast(CredentialVersion version) {
        return now(version.getCredentialId()).filter(change -> change.getRevision() >= version.getRevision());
    }

    private static CredentialChanged newer(CredentialChanged one, CredentialChanged other) {
        return other.getRevision() > one.getRevision() ? other : one;
    }
}
