package dev.latchkey.api.keys;

import dev.latchkey.api.OperatorOptions;
import dev.latchkey.runtime.Figure;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every command of {@code keys} has. */
final class CommonOptions {
    @Mixin
    private final OperatorOptions operator = new OperatorOptions();

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    int portOffset() {
        return operator.portOffset();
    }

    boolean isDryRun() {
        return dryRun;
    }

    /** To the file that was named, if one was. */
    void write(List<Figure> measured) {
        operator.write(measured);
    }
}
