package dev.latchkey.agent.checking;

import dev.latchkey.agent.credentials.Binding;
import dev.latchkey.agent.credentials.CatchUp;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Purpose;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.providers.Verdict;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.Unsealed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Has the keys of active credentials checked for their owners. */
public final class StoredKeys {
    private final CredentialView view;
    private final KeyOpener opener;
    private final KeyCheck keyCheck;
    private final Freshness freshness;

    /**
     * For what is not known here yet: the credential itself, what was deleted lately, a key that was sealed anew.
     *
     * @param patience how long it may take to know what is on the topic
     */
    public record Freshness(InstantSource clock, CatchUp catchUp, Duration patience) {
        Instant deadline() {
            return clock.instant().plus(patience);
        }

        boolean isRecent() throws InterruptedException {
            return catchUp.recently(deadline());
        }

        boolean restored() throws InterruptedException {
            return catchUp.before(deadline());
        }
    }

    public StoredKeys(CredentialView view, KeyOpener opener, KeyCheck keyCheck, Freshness freshness) {
        this.view = view;
        this.opener = opener;
        this.keyCheck = keyCheck;
        this.freshness = freshness;
    }

    /**
     * Checks the key of the credential at that version or a later one: an older key is not what its owner asks about.
     * Somebody else's credential is never known. A key that does not open was not judged by its provider. Throws
     * {@link dev.latchkey.sealing.VaultUnavailable} when Vault can not say.
     */
    public Checkup check(UUID userId, CredentialVersion version, String requestId) throws InterruptedException {
        var known = view.await(version, freshness.deadline())
                .filter(credential -> credential.getUserId().equals(userId));
        if (known.isEmpty()) {
            return new Checkup.NotYetKnown();
        }
        return known.get().getIsActive()
                ? checkActive(known.get(), Purpose.ofChecking(requestId))
                : new Checkup.Deleted();
    }

    private Checkup checkActive(CredentialChanged credential, Purpose purpose) throws InterruptedException {
        return switch (opener.open(credential, purpose)) {
            case Unsealed.Opened(var key) -> checkOpened(key, credential);
            case Unsealed.Refused _ -> refused(credential, purpose);
        };
    }

    /** Looks again, so that no key is used that was deleted while Vault opened it. */
    private Checkup checkOpened(ApiKey key, CredentialChanged opened) throws InterruptedException {
        try {
            if (!freshness.isRecent()) {
                return new Checkup.NotYetKnown();
            }
            return active(opened.getCredentialId()).isPresent() ? judge(key, opened) : new Checkup.Deleted();
        } finally {
            key.wipe();
        }
    }

    /** At the place that the key was sealed for. */
    private Checkup judge(ApiKey key, CredentialChanged opened) throws InterruptedException {
        var place = new KeyCheck.Place(opened.getProvider(), opened.getBaseUrl());
        return new Checkup.Judged(keyCheck.check(key, place), opened.getRevision());
    }

    /** The master key may have been rotated, and what is known here may be too old to open. */
    private Checkup refused(CredentialChanged tried, Purpose purpose) throws InterruptedException {
        var newest = freshness.restored()
                ? active(tried.getCredentialId()).filter(active -> !hasSameKey(active, tried))
                : Optional.<CredentialChanged>empty();
        return newest.isPresent()
                ? checkActive(newest.get(), purpose)
                : new Checkup.Judged(new Verdict.Unreachable(), tried.getRevision());
    }

    private static boolean hasSameKey(CredentialChanged one, CredentialChanged other) {
        return Binding.sealedKey(one).equals(Binding.sealedKey(other));
    }

    /** A credential keeps its owner. */
    private Optional<CredentialChanged> active(UUID credentialId) {
        return view.now(credentialId).filter(CredentialChanged::getIsActive);
    }
}
