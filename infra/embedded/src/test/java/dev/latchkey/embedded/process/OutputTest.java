package dev.latchkey.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OutputTest {
    /** In UTF-8, whatever the locale of who runs this. */
    @Test
    void isWhatTheProgramPrintedAndItsStatus() {
        var command = new Command(
                List.of("sh", "-c", "echo \"$LATCHKEY_WORD\"; printf '\\303\\274\\n'; exit 3"),
                Map.of("LATCHKEY_WORD", "one"));

        assertThat(Output.of(command)).isEqualTo(new Output(3, List.of("one", "ü")));
    }

    @Test
    void aProgramThatReadsFindsNothingToRead() {
        var command = new Command(List.of("cat"), Map.of());

        assertThat(Output.of(command)).isEqualTo(new Output(0, List.of()));
    }

    @Test
    void saysThatAProgramIsNotThere() {
        var command = new Command(List.of("/nowhere/program"), Map.of());

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Output.of(command))
                .withMessage("the program could not be started");
    }
}
