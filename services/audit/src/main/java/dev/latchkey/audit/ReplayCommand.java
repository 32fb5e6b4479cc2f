package dev.latchkey.audit;

import dev.latchkey.audit.history.Audience;
import dev.latchkey.audit.history.Replay;
import dev.latchkey.audit.history.Scope;
import dev.latchkey.audit.output.Figures;
import dev.latchkey.audit.output.JsonReport;
import dev.latchkey.audit.output.TextReport;
import dev.latchkey.runtime.Figure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit replay}: the history told change by change, checked, and what it comes to. */
@Command(
        name = "replay",
        description = {
            "Tells every change of the credential history, checks that none is missing, repeated, moved or altered,"
                    + " and shows the credentials as the last one left them.",
            "The exit status is 0 only if the history is sound."
        })
final class ReplayCommand implements Callable<Integer> {
    private enum Format {
        text,
        json
    }

    private static final String STANDARD_OUTPUT = "-";

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Addresses addresses = new Addresses();

    @Option(names = "--user", paramLabel = "UUID", description = "Only this user's changes.")
    private @Nullable UUID user;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "Only changes up to this moment, inclusive, such as 2026-11-24T12:00:00Z.")
    private @Nullable Instant asOf;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; json prints an object a line. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Option(
            names = "--json",
            arity = "0..1",
            fallbackValue = STANDARD_OUTPUT,
            paramLabel = "FILE",
            description = "Write the figures to this file. Without a file, or with -, the same as --format json.")
    private @Nullable Path json;

    ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        long begin = surroundings.nanoTime().getAsLong();
        var out = spec.commandLine().getOut();
        var history = surroundings.history(addresses, spec.commandLine().getErr());
        var tally = Replay.run(history, new Scope(user, asOf), audience(out));
        var time = Duration.ofNanos(surroundings.nanoTime().getAsLong() - begin);
        figures().ifPresent(file -> Figure.write(file, Figures.of(tally, time)));
        return tally.findings() == 0 && !out.checkError() ? 0 : 1;
    }

    private Audience audience(PrintWriter out) {
        var printed = json != null && figures().isEmpty() ? Format.json : format;
        return switch (printed) {
            case text -> new TextReport(out);
            case json -> new JsonReport(out);
        };
    }

    /** The file for the figures, if they are wanted in one. */
    private Optional<Path> figures() {
        return Optional.ofNullable(json).filter(file -> !file.equals(Path.of(STANDARD_OUTPUT)));
    }
}
