package dev.latchkey.api.keys;

import dev.latchkey.api.rewrap.Outcome;
import dev.latchkey.runtime.Figure;
import dev.latchkey.sealing.MasterKey.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** A rewrap in sentences and figures, for the master key of a name. */
record RewrapReport(String masterKey) {
    private static final int SHOWN = 20;
    private static final String STILL_OPEN = "Older versions still open; what is done stays done.";

    String foretold(long toDo, Versions versions) {
        var sealing = "would seal " + count(toDo) + " anew under version " + versions.newest() + " of " + masterKey;
        return versions.oldest() < versions.newest()
                ? sealing + ", then let versions before it open nothing; now " + versions.oldest()
                        + " and newer ones open"
                : sealing + "; older versions open nothing already";
    }

    String sentence(Outcome outcome) {
        var done = count(outcome.rewrapped()) + " sealed anew";
        return switch (outcome) {
            case Outcome.Completed completed ->
                done + "; of " + masterKey + ", nothing older than version "
                        + completed.before().newest() + " opens any more";
            case Outcome.Unopenable(var _, var credentials) ->
                done + "; the keys of " + count(credentials.size()) + " do not open for their owners: "
                        + shown(credentials) + ". They have to be registered again or deleted. " + STILL_OPEN;
            case Outcome.Unpublished _ ->
                done + "; then nothing was published for a while. Is the api running? " + STILL_OPEN;
            case Outcome.Behind(var _, var credentials) ->
                done + "; the topic credentials still has " + count(credentials)
                        + " under older versions, though all events were taken: look at outbox_rejected. " + STILL_OPEN;
        };
    }

    static int status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _ -> 0;
            case Outcome.Unopenable _, Outcome.Unpublished _, Outcome.Behind _ -> 1;
        };
    }

    static List<Figure> figures(Outcome outcome, Versions after, Duration time) {
        double seconds = time.toMillis() / 1000.0;
        return List.of(
                Figure.of("rewrapped", outcome.rewrapped(), "credentials"),
                Figure.of("seconds", seconds, "s"),
                Figure.of("rate", seconds == 0 ? 0 : Math.round(outcome.rewrapped() / seconds), "rows/s"),
                Figure.of("newest version", after.newest(), "version"),
                Figure.of("oldest version that opens", after.oldest(), "version"));
    }

    private static String count(long credentials) {
        return String.format(Locale.ROOT, "%,d credential%s", credentials, credentials == 1 ? "" : "s");
    }

    private static String shown(List<UUID> credentials) {
        var ids = credentials.stream().limit(SHOWN).map(UUID::toString).collect(Collectors.joining(", "));
        return credentials.size() > SHOWN ? ids + ", ..." : ids;
    }
}
