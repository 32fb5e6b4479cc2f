package dev.latchkey.api;

import dev.latchkey.runtime.Figure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command of an operator has. */
public final class OperatorOptions {
    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "What `up --port-offset N` added to its ports. Default: ${DEFAULT-VALUE}.")
    private int portOffset;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private @Nullable Path figures;

    public int portOffset() {
        return portOffset;
    }

    /** To the file that was named, if one was. */
    public void write(List<Figure> measured) {
        if (figures != null) {
            Figure.write(figures, measured);
        }
    }
}
