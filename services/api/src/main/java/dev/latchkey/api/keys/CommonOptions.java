package dev.latchkey.api.keys;

import dev.latchkey.runtime.Figure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command of {@code keys} has. */
final class CommonOptions {
    @SuppressWarnings("UnusedVariable") // picocli looks for it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "What `up --port-offset N` added to its ports. Default: 0.")
    private int portOffset;

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private @Nullable Path figures;

    int portOffset() {
        return portOffset;
    }

    boolean isDryRun() {
        return dryRun;
    }

    /** To the file that was named, if one was. */
    void write(List<Figure> measured) {
        if (figures != null) {
            Figure.write(figures, measured);
        }
    }
}
