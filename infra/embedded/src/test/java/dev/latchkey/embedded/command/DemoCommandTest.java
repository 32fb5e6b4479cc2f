package dev.latchkey.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.command.DemoCommand.Played;
import dev.latchkey.embedded.demo.Story;
import dev.latchkey.runtime.Shutdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class DemoCommandTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"3, 3, 0", "3, 2, 1", "3, 0, 1"})
    void endsWellOnlyIfEveryCheckHeld(int checks, int passed, int status) {
        var demo = new DemoCommand(_ -> played(new Story.Result(checks, passed)));

        assertThat(demo.run(new Shutdown())).isEqualTo(status);
    }

    @Test
    void endsAsInterruptedWhenItIsStoppedBeforeItsEnd() {
        var demo = new DemoCommand(_ -> {
            throw new Progress.Stopped();
        });

        assertThat(demo.run(new Shutdown())).isEqualTo(130);
    }

    @Test
    void writesItsFiguresAlsoWhenACheckDidNotHold() throws Exception {
        var file = directory.resolve("figures.json");
        var demo = new DemoCommand(_ -> played(new Story.Result(3, 2)));
        new CommandLine(demo).parseArgs("--json", file.toString());

        demo.run(new Shutdown());

        assertThat(Files.readString(file))
                .isEqualTo("[{\"name\":\"checks\",\"value\":3,\"unit\":\"checks\"},"
                        + "{\"name\":\"checks passed\",\"value\":2,\"unit\":\"checks\"},"
                        + "{\"name\":\"start\",\"value\":1.5,\"unit\":\"s\"},"
                        + "{\"name\":\"start and story\",\"value\":4.0,\"unit\":\"s\"}]");
    }

    @Test
    void saysBeforeItStartsAnythingThatItsFiguresCanNotBeWritten() {
        var terminal = new Terminal(Map.of());
        var file = directory.resolve("missing").resolve("figures.json");

        int status = terminal.execute("demo", "--json", file.toString());

        assertThat(status).isEqualTo(1);
        assertThat(terminal.errors()).isEqualTo("latchkey: the figures can not be written to " + file + "\n");
    }

    private static Played played(Story.Result result) {
        return new Played(result, Duration.ofMillis(1500), Duration.ofSeconds(4));
    }
}
