package dev.latchkey.api.keys;

import dev.latchkey.api.rewrap.Outcome;
import dev.latchkey.runtime.Figure;
import dev.latchkey.sealing.MasterKey.Versions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** A rewrap in sentences and figures, for the master key of a name and the keys that it seals. */
record RewrapReport(String masterKey, KeyKind kind) {
    private static final int SHOWN = 20;
    private static final String STILL_OPEN = "Older versions still open; what is done stays done.";

    String foretold(long toDo, Versions versions) {
        var sealing =
                "would seal " + kind.count(toDo) + " anew under version " + versions.newest() + " of " + masterKey;
        return versions.oldest() < versions.newest()
                ? sealing + ", then let versions before it open nothing; now " + versions.oldest()
                        + " and newer ones open"
                : sealing + "; older versions open nothing already";
    }

    String sentence(Outcome outcome) {
        var done = kind.count(outcome.rewrapped()) + " sealed anew";
        return switch (outcome) {
            case Outcome.Completed(var _, var before) -> done + retired(before);
            case Outcome.Elsewhere(var _, var before, var keys) -> done + retired(before) + ". " + elsewhere(keys);
            case Outcome.Unopenable(var _, var keys) ->
                done + "; the ciphertexts of " + kind.count(keys.size()) + " do not open for their owners: "
                        + shown(keys) + ". " + kind.remedy() + " " + STILL_OPEN;
            case Outcome.Unpublished _ ->
                done + "; then nothing was published for a while. Is the api running? " + STILL_OPEN;
            case Outcome.Behind(var _, var keys) ->
                done + "; the topic " + kind.topic().name() + " still has " + kind.count(keys)
                        + " under older versions, though all events were taken: look at outbox_rejected. " + STILL_OPEN;
        };
    }

    /** What is sealed under another master key. */
    String elsewhere(long keys) {
        return kind.count(keys) + " under a master key of another name than " + masterKey
                + " can neither be opened nor be sealed" + " anew while LATCHKEY_TRANSIT_KEY names this one.";
    }

    private String retired(Versions before) {
        return "; of " + masterKey + ", nothing older than version " + before.newest() + " opens any more";
    }

    static int status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _ -> 0;
            case Outcome.Elsewhere _, Outcome.Unopenable _, Outcome.Unpublished _, Outcome.Behind _ -> 1;
        };
    }

    List<Figure> figures(Outcome outcome, Versions after, Duration time) {
        double seconds = time.toMillis() / 1000.0;
        return List.of(
                Figure.of(kind.many() + " rewrapped", outcome.rewrapped(), kind.many()),
                Figure.of(kind.many() + " seconds", seconds, "s"),
                Figure.of(
                        kind.many() + " rate", seconds == 0 ? 0 : Math.round(outcome.rewrapped() / seconds), "rows/s"),
                Figure.of(kind.many() + " newest version", after.newest(), "version"),
                Figure.of(kind.many() + " oldest version that opens", after.oldest(), "version"));
    }

    private static String shown(List<UUID> keys) {
        var ids = keys.stream().limit(SHOWN).map(UUID::toString).collect(Collectors.joining(", "));
        return keys.size() > SHOWN ? ids + ", ..." : ids;
    }
}
