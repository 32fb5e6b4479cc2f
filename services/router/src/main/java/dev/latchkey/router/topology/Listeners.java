package dev.latchkey.router.topology;

import dev.latchkey.events.CredentialVersion;
import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which runs a change of a credential may move, and how far they were told. A round of telling that is too long for one
 * record goes on at the next looks; a newer change begins it anew.
 */
final class Listeners {
    /** Waits for a change of that credential. Sorts behind the others, so that a round can begin with these. */
    private static final String AWAITS = "w";

    /** Goes on with that credential. */
    private static final String USES = "u";

    private static final String END = "~";

    private final KeyValueStore<String, String> listening;
    private final KeyValueStore<String, String> rounds;

    Listeners(KeyValueStore<String, String> listening, KeyValueStore<String, String> rounds) {
        this.listening = listening;
        this.rounds = rounds;
    }

    void add(Run run) {
        keyOf(run).ifPresent(key -> listening.put(key, run.id().toString()));
    }

    void remove(Run run) {
        keyOf(run).ifPresent(listening::delete);
    }

    /** A credential changed: those to tell at once, at most so many. Who goes on with it hears only that it is unusable. */
    List<RunId> tell(UUID userId, UUID credentialId, boolean isUnusable, int most) {
        var round = roundOf(userId, credentialId);
        return goOn(round, round + (isUnusable ? USES : AWAITS), most);
    }

    /** Those to tell of what changed before, at most so many. */
    List<RunId> goOn(int most) {
        var told = new ArrayList<RunId>();
        var open = open();
        for (var round : open) {
            if (told.size() < most) {
                told.addAll(goOn(round.key(), round.from(), most - told.size()));
            }
        }
        return told;
    }

    /** How far a round came. */
    private record Round(String key, String from) {}

    private List<Round> open() {
        var open = new ArrayList<Round>();
        try (var entries = rounds.all()) {
            entries.forEachRemaining(entry -> open.add(new Round(entry.key, entry.value)));
        }
        return open;
    }

    private List<RunId> goOn(String round, String from, int most) {
        var told = new ArrayList<RunId>();
        try (var entries = listening.range(from, round + END)) {
            while (entries.hasNext() && told.size() < most) {
                told.add(RunId.parse(entries.next().value));
            }
            if (entries.hasNext()) {
                rounds.put(round, entries.peekNextKey());
            } else {
                end(round);
            }
        }
        return told;
    }

    private void end(String round) {
        if (rounds.get(round) != null) {
            rounds.delete(round);
        }
    }

    private static Optional<String> keyOf(Run run) {
        return switch (run) {
            case Run.Waiting waiting -> Optional.of(key(waiting, awaited(waiting), AWAITS));
            case Run.Released _, Run.Ended _, Run.Foretold _ -> Optional.empty();
            case Run.Routed routed -> routed.credentialId().map(credentialId -> key(routed, credentialId, USES));
        };
    }

    private static UUID awaited(Run.Waiting run) {
        CredentialVersion after = run.prompt().getAfter();
        return after.getCredentialId();
    }

    private static String key(Run run, UUID credentialId, String kind) {
        var id = run.id();
        return roundOf(id.userId(), credentialId) + kind + id.promptId();
    }

    private static String roundOf(UUID userId, UUID credentialId) {
        return userId + "|" + credentialId + "|";
    }
}
