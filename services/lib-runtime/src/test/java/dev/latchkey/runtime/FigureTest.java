package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FigureTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void isWrittenWithWhatItIsComparedWithIfAnything() {
        var file = directory.resolve("figures.json");

        Figure.write(
                file,
                List.of(
                        Figure.of("checks", 58, "checks"),
                        Figure.against("trades", 30, "1/s", 20),
                        Figure.against("losses", 3, "records", 0)));

        assertThat(file).hasContent("""
                [{"name":"checks","value":58,"unit":"checks"},\
                {"name":"trades","value":30,"unit":"1/s","baseline":20,"ratio":1.5},\
                {"name":"losses","value":3,"unit":"records","baseline":0}]""");
    }

    @Test
    void saysWhereItCanNotBeWritten() {
        var file = directory.resolve("missing").resolve("figures.json");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Figure.write(file, List.of()))
                .withMessage("the figures can not be written to " + file);
    }
}
