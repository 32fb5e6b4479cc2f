package dev.latchkey.api.rewrap;

import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.rewrap.SealedCredentials.Replacement;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Rewrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Seals the key of every active credential anew under the newest version of the master key, and then lets older versions
 * open nothing any more. What is left to do is seen from the credentials themselves: whenever it stops, the next run goes
 * on from there. See docs/decisions/0009-rotation-of-the-master-key.md.
 */
public final class Rewrap {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final MasterKey masterKey;
    private final SealedCredentials credentials;
    private final Announcements announcements;
    private final Run run;
    private final List<UUID> unopenable = new ArrayList<>();
    private long rewrapped;
    private long eventBeforeLast;
    private long lastEvent;

    /**
     * One run.
     *
     * @param requestId as the history names it
     * @param batch how many credentials are sealed, stored and published together
     */
    public record Run(String requestId, int batch, Watcher watcher) {}

    public Rewrap(MasterKey masterKey, SealedCredentials credentials, Announcements announcements, Run run) {
        this.masterKey = masterKey;
        this.credentials = credentials;
        this.announcements = announcements;
        this.run = run;
    }

    /** To be called once. */
    public Outcome complete() {
        var versions = masterKey.versions();
        int newest = versions.newest();
        run.watcher().toDo(credentials.countBelow(newest));
        if (!sealAnew(newest)) {
            return new Outcome.Unpublished(rewrapped);
        }
        credentials.acceptNoneBelow(newest);
        // What was sealed before the rotation and stored after it was looked for.
        if (!sealAnew(newest)) {
            return new Outcome.Unpublished(rewrapped);
        }
        return unopenable.isEmpty() ? retire(versions) : new Outcome.Unopenable(rewrapped, unopenable);
    }

    private Outcome retire(MasterKey.Versions versions) {
        run.watcher().waitingFor("the events to be published");
        if (!announcements.awaitPublished(announcements.newest())) {
            return new Outcome.Unpublished(rewrapped);
        }
        run.watcher().waitingFor("a look at the topic");
        long behind = announcements.knownBelow(versions.newest());
        if (behind > 0) {
            return new Outcome.Behind(rewrapped, behind);
        }
        if (versions.oldest() < versions.newest()) {
            masterKey.refuseBelow(versions.newest());
        }
        return new Outcome.Completed(rewrapped, versions);
    }

    /** Goes through all credentials until it comes across none that it could seal anew; false when nothing is published. */
    private boolean sealAnew(int version) {
        int met;
        do {
            unopenable.clear();
            met = 0;
            var batch = credentials.below(version, BEFORE_ALL, run.batch());
            while (!batch.isEmpty()) {
                if (!sealAnew(batch)) {
                    return false;
                }
                met += batch.size();
                batch = credentials.below(version, batch.getLast().id(), run.batch());
            }
        } while (met > unopenable.size());
        return true;
    }

    /** While a batch is sealed and stored, the one before it is published; no more than these wait, so nobody else's changes wait long. */
    private boolean sealAnew(List<Credential> batch) {
        var replacements = rewrap(batch);
        if (!announcements.awaitPublished(eventBeforeLast)) {
            return false;
        }
        var replaced = credentials.replace(run.requestId(), replacements);
        eventBeforeLast = lastEvent;
        lastEvent = replaced.event();
        rewrapped += replaced.credentials();
        run.watcher().done(replaced.credentials());
        return true;
    }

    private List<Replacement> rewrap(List<Credential> batch) {
        var results = masterKey.rewrap(batch.stream().map(Rewrap::sealed).toList());
        var replacements = new ArrayList<Replacement>();
        for (int i = 0; i < batch.size(); i++) {
            switch (results.get(i)) {
                case Rewrapped.Anew anew -> replacements.add(new Replacement(batch.get(i), anew));
                case Rewrapped.Refused() -> unopenable.add(batch.get(i).id());
            }
        }
        return replacements;
    }

    private static MasterKey.Sealed sealed(Credential credential) {
        return new MasterKey.Sealed(
                Objects.requireNonNull(credential.key().ciphertext()),
                new KeyOwner(credential.userId(), credential.id()));
    }
}
