package dev.latchkey.agent.checking;

import dev.latchkey.agent.credentials.CatchUp;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Purpose;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.providers.Verdict;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.Unsealed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Has the keys of active credentials checked for their owners. */
public final class StoredKeys {
    private final CredentialView view;
    private final KeyOpener opener;
    private final KeyCheck keyCheck;
    private final Freshness freshness;

    /**
     * For a sealed key that does not open because it was sealed anew meanwhile.
     *
     * @param patience how long it may take to know what is on the topic
     */
    public record Freshness(InstantSource clock, CatchUp catchUp, Duration patience) {
        boolean restored() throws InterruptedException {
            return catchUp.before(clock.instant().plus(patience));
        }
    }

    public StoredKeys(CredentialView view, KeyOpener opener, KeyCheck keyCheck, Freshness freshness) {
        this.view = view;
        this.opener = opener;
        this.keyCheck = keyCheck;
        this.freshness = freshness;
    }

    /**
     * Empty when the user has no such active credential, whoever else may have it. A key that does not open was not
     * judged by its provider. Throws {@link dev.latchkey.sealing.VaultUnavailable} when Vault can not say.
     */
    public Optional<Verdict> check(UUID userId, UUID credentialId, String requestId) throws InterruptedException {
        var credential = active(userId, credentialId);
        if (credential.isEmpty()) {
            return Optional.empty();
        }
        return switch (openNewest(credential.get(), Purpose.ofChecking(requestId))) {
            case Unsealed.Opened(var key) -> checkOpened(key, userId, credentialId);
            case Unsealed.Refused _ -> Optional.of(new Verdict.Unreachable());
        };
    }

    /** Looks again, so that no key is used that was deleted while Vault opened it. */
    private Optional<Verdict> checkOpened(ApiKey key, UUID userId, UUID credentialId) throws InterruptedException {
        try {
            var credential = active(userId, credentialId);
            if (credential.isEmpty()) {
                return Optional.empty();
            }
            var place = new KeyCheck.Place(
                    credential.get().getProvider(), credential.get().getBaseUrl());
            return Optional.of(keyCheck.check(key, place));
        } finally {
            key.wipe();
        }
    }

    /** The master key may have been rotated, and what is known here may be too old to open. */
    private Unsealed openNewest(CredentialChanged known, Purpose purpose) throws InterruptedException {
        var opened = opener.open(known, purpose);
        if (opened instanceof Unsealed.Opened || !freshness.restored()) {
            return opened;
        }
        var newest = active(known.getUserId(), known.getCredentialId())
                .filter(credential -> !Objects.equals(credential.getSealedKey(), known.getSealedKey()));
        return newest.isPresent() ? opener.open(newest.get(), purpose) : opened;
    }

    private Optional<CredentialChanged> active(UUID userId, UUID credentialId) {
        return view.now(credentialId)
                .filter(credential -> credential.getUserId().equals(userId) && credential.getIsActive());
    }
}
