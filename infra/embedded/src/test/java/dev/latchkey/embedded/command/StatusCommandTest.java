package dev.latchkey.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.StartRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandTest {
    private final String offset = Integer.toString(offsetWhereNothingRuns());
    private final Terminal terminal = new Terminal(Map.of());

    @TempDir
    private Path directory;

    @Test
    void saysOfEverythingThatItIsNotReadyWhenNothingRuns() {
        int status = terminal.execute("status", "--port-offset", offset);

        assertThat(status).isEqualTo(1);
        assertThat(terminal.printed().lines())
                .hasSameSizeAs(Listener.values())
                .allMatch(line -> line.endsWith("NOT READY"));
        assertThat(terminal.printed()).contains("the schema registry", "the pnl-worker");
    }

    @Test
    void writesWhatItFoundAsFigures() throws Exception {
        var file = directory.resolve("status.json");

        terminal.execute("status", "--port-offset", offset, "--json", file.toString());

        var figures = Json.MAPPER.readValue(file.toFile(), new TypeReference<List<Map<String, Object>>>() {});
        assertThat(figures)
                .containsExactlyElementsOf(Stream.of(Listener.values())
                        .map(listener -> Map.<String, Object>of("name", listener.label(), "value", 0, "unit", "ready"))
                        .toList());
    }

    @Test
    void saysInOneSentenceThatTheFiguresCanNotBeWritten() {
        var file = directory.resolve("missing").resolve("status.json");

        int status = terminal.execute("status", "--port-offset", offset, "--json", file.toString());

        assertThat(status).isEqualTo(1);
        assertThat(terminal.errors()).isEqualTo("latchkey: the figures can not be written to " + file + "\n");
    }

    @Test
    void saysInOneSentenceThatThereAreNoSuchPorts() {
        int status = terminal.execute("status", "--port-offset", "99999");

        assertThat(status).isEqualTo(1);
        assertThat(terminal.printed()).isEmpty();
        assertThat(terminal.errors())
                .isEqualTo("latchkey: --port-offset 99999 leads to a port below 1 or above 65535\n");
    }

    private static int offsetWhereNothingRuns() {
        return IntStream.iterate(15_000, offset -> offset < 50_000, offset -> offset + 37)
                .filter(StatusCommandTest::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int offset) {
        try {
            Ports.stable(offset).requireFree();
            return true;
        } catch (StartRefused e) {
            return false;
        }
    }
}
