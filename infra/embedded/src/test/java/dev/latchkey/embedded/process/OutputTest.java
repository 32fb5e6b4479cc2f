package dev.latchkey.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputTest {
    @TempDir
    private Path directory;

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
    void aProgramThatDoesNotEndIsKilledWhenNobodyWaitsForItAnyMore() throws Exception {
        var pid = directory.resolve("pid");
        var command = new Command(List.of("sh", "-c", "echo $$ > \"$1\"; sleep 600", "sh", pid.toString()), Map.of());
        var waiting = Thread.ofPlatform().start(() -> Output.of(command));
        await().until(() -> Files.exists(pid) && Files.size(pid) > 0);

        waiting.interrupt();

        assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
        long program = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> ProcessHandle.of(program).isEmpty());
    }

    @Test
    void saysThatAProgramIsNotThere() {
        var command = new Command(List.of("/nowhere/program"), Map.of());

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Output.of(command))
                .withMessage("the program could not be started");
    }
}
