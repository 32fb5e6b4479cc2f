package dev.latchkey.api.rewrap;

import dev.latchkey.api.rewrap.SealedKeys.Replacement;
import dev.latchkey.api.rewrap.SealedKeys.Stored;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Rewrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Seals all keys of a kind anew under the newest version of their master key, and then lets older versions open nothing any
 * more. What is left to do is seen from the keys themselves: whenever it stops, the next run goes on from there. See docs/decisions/0009-rotation-of-the-master-key.md.
 */
public final class Rewrap {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final MasterKey masterKey;
    private final SealedKeys keys;
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
     * @param batch how many keys are sealed, stored and published together
     */
    public record Run(String requestId, int batch, Watcher watcher) {}

    public Rewrap(MasterKey masterKey, SealedKeys keys, Announcements announcements, Run run) {
        this.masterKey = masterKey;
        this.keys = keys;
        this.announcements = announcements;
        this.run = run;
    }

    /** To be called once. */
    public Outcome complete() {
        var versions = masterKey.versions();
        int newest = versions.newest();
        run.watcher().toDo(keys.countBelow(newest));
        if (!sealAnew(newest)) {
            return new Outcome.Unpublished(rewrapped);
        }
        keys.acceptNoneBelow(newest);
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
        long elsewhere = keys.countElsewhere();
        return elsewhere == 0
                ? new Outcome.Completed(rewrapped, versions)
                : new Outcome.Elsewhere(rewrapped, versions, elsewhere);
    }

    /** Goes through all keys until it comes across none that it could seal anew; false when nothing is published. */
    private boolean sealAnew(int version) {
        int met;
        do {
            unopenable.clear();
            met = 0;
            var batch = keys.below(version, BEFORE_ALL, run.batch());
            while (!batch.isEmpty()) {
                if (!sealAnew(batch)) {
                    return false;
                }
                met += batch.size();
                batch = keys.below(version, batch.getLast().id(), run.batch());
            }
        } while (met > unopenable.size());
        return true;
    }

    /** While a batch is sealed and stored, the one before it is published; no more than these wait, so nobody else's changes wait long. */
    private boolean sealAnew(List<Stored> batch) {
        var replacements = rewrap(batch);
        if (!announcements.awaitPublished(eventBeforeLast)) {
            return false;
        }
        var replaced = keys.replace(run.requestId(), replacements);
        eventBeforeLast = lastEvent;
        lastEvent = replaced.event();
        rewrapped += replaced.keys();
        run.watcher().done(replaced.keys());
        return true;
    }

    private List<Replacement> rewrap(List<Stored> batch) {
        var results = masterKey.rewrap(batch.stream().map(Stored::sealed).toList());
        var replacements = new ArrayList<Replacement>();
        for (int i = 0; i < batch.size(); i++) {
            switch (results.get(i)) {
                case Rewrapped.Anew(var ciphertext) -> replacements.add(new Replacement(batch.get(i), ciphertext));
                case Rewrapped.Refused() -> unopenable.add(batch.get(i).id());
            }
        }
        return replacements;
    }
}
