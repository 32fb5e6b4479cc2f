package dev.latchkey.audit.output;

import dev.latchkey.audit.history.Tally;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a replay measured, in the form that every command writes. */
public final class Figures {
    private record Figure(String name, Number value, String unit) {}

    private Figures() {}

    public static void write(Path file, Tally tally, Duration time) {
        var figures = List.of(
                new Figure("changes", tally.changes(), "changes"),
                new Figure("users", tally.users(), "users"),
                new Figure("credentials", tally.credentials(), "credentials"),
                new Figure("findings", tally.findings(), "findings"),
                new Figure("seconds", time.toMillis() / 1000.0, "s"));
        try {
            Files.write(file, Json.write(figures));
        } catch (IOException e) {
            throw new UncheckedIOException("the figures can not be written to " + file, e);
        }
    }
}
