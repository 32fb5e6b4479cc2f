package dev.latchkey.embedded.command;

import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --json FILE} of a command that takes a while. */
final class FiguresFile {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private @Nullable Path file;

    /** Asked first: nobody wants to wait for figures that can not be kept. */
    void requireWritable() {
        if (file != null && !isWritable(file.toAbsolutePath())) {
            throw new StartRefused("the figures can not be written to " + file);
        }
    }

    void write(List<Figure> figures) {
        if (file != null) {
            Figure.write(file, figures);
        }
    }

    private static boolean isWritable(Path file) {
        if (Files.exists(file)) {
            return Files.isRegularFile(file) && Files.isWritable(file);
        }
        var directory = file.getParent();
        return directory != null && Files.isDirectory(directory) && Files.isWritable(directory);
    }
}
