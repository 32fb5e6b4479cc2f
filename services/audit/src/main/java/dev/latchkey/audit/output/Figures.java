package dev.latchkey.audit.output;

import dev.latchkey.audit.history.Tally;
import dev.latchkey.runtime.Figure;
import java.time.Duration;
import java.util.List;

/** What a replay measured. */
public final class Figures {
    private Figures() {}

    public static List<Figure> of(Tally tally, Duration time) {
        return List.of(
                Figure.of("changes", tally.changes(), "changes"),
                Figure.of("users", tally.users(), "users"),
                Figure.of("credentials", tally.credentials(), "credentials"),
                Figure.of("findings", tally.findings(), "findings"),
                Figure.of("seconds", time.toMillis() / 1000.0, "s"));
    }
}
