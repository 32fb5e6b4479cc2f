package dev.latchkey.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class CommandTest {
    @Test
    void leavesTheKeysOfThisEnvironmentBehind() {
        var builder = new Command(List.of("env"), Map.of("LATCHKEY_KAFKA", "localhost:9092")).builder();

        var names = new TreeSet<>(builder.environment().keySet());
        names.removeAll(List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"));
        assertThat(names).containsExactly("LATCHKEY_KAFKA");
        assertThat(builder.environment()).containsEntry("PATH", System.getenv("PATH"));
    }

    @Test
    void keepsItsEnvironmentWhenAnotherRunsIt() {
        var command = new Command(List.of("kafka", "start"), Map.of("SIZE", "small"));

        assertThat(command.runBy(List.of("nice", "-n", "5")))
                .isEqualTo(new Command(List.of("nice", "-n", "5", "kafka", "start"), Map.of("SIZE", "small")));
    }

    @Test
    void javaRunsOnTheSameJavaAsThisProgram() {
        var printed = Output.of(Command.java(64, List.of("--version"), Map.of()));

        assertThat(printed.status()).isZero();
        assertThat(printed.lines()).anyMatch(line -> line.contains(System.getProperty("java.runtime.version")));
    }
}
