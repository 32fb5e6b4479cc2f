package dev.latchkey.audit;

import dev.latchkey.audit.output.Differences;
import dev.latchkey.audit.reconciling.Keeper;
import dev.latchkey.audit.reconciling.Reconciliation;
import dev.latchkey.audit.reconciling.Source;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.TerminalLine;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit reconcile}: whether the table, the topics and the history say the same. */
@Command(
        name = "reconcile",
        description = {
            "Holds the table in PostgreSQL, the compacted topics and what the history comes to against each other, and"
                    + " names every difference with its likely cause.",
            "The exit status is 0 only if they agree. All credentials are kept in memory while this runs."
        })
final class ReconcileCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Addresses addresses = new Addresses();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long a difference may take to go away: changes are on their way for a moment."
                    + " Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private @Nullable Path json;

    ReconcileCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        long begin = surroundings.nanoTime().getAsLong();
        var progress = progress(begin);
        var result = new Reconciliation(sources(progress)).run(() -> isWorthAnotherLook(begin));
        progress.erase();
        var out = spec.commandLine().getOut();
        result.differences().forEach(difference -> out.println("difference  " + Differences.words(difference)));
        out.println(result.credentials() + " credentials in the table, "
                + result.differences().size() + " differences to the topics and the history");
        if (json != null) {
            Figure.write(json, figures(result, begin));
        }
        return result.differences().isEmpty() && !out.checkError() ? 0 : 1;
    }

    /** Seen by nobody where there is no terminal. What it shows it shows at once, whatever the time. */
    private TerminalLine progress(long begin) {
        var terminal = surroundings.terminal() ? spec.commandLine().getErr() : new PrintWriter(Writer.nullWriter());
        return new TerminalLine(terminal, () -> begin);
    }

    private Map<Keeper, Source> sources(TerminalLine progress) {
        var config = AuditConfig.from(surroundings.environment(), addresses);
        return surroundings.keepers().apply(config).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, source -> announced(source.getKey(), source.getValue(), progress)));
    }

    private static Source announced(Keeper keeper, Source source, TerminalLine progress) {
        return () -> {
            progress.showNow("reading the " + keeper.name().toLowerCase(Locale.ROOT));
            return source.look();
        };
    }

    private boolean isWorthAnotherLook(long begin) {
        LockSupport.parkNanos(PAUSE.toNanos());
        return surroundings.nanoTime().getAsLong() - begin
                < Duration.ofSeconds(seconds).toNanos();
    }

    private List<Figure> figures(Reconciliation.Result result, long begin) {
        long nanos = surroundings.nanoTime().getAsLong() - begin;
        return List.of(
                Figure.of("credentials", result.credentials(), "credentials"),
                Figure.of("differences", result.differences().size(), "differences"),
                Figure.of("seconds", nanos / 1e9, "s"));
    }
}
