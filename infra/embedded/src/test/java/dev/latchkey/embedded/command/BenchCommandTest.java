package dev.latchkey.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.bench.Benchmark;
import dev.latchkey.embedded.bench.Benchmarks;
import dev.latchkey.embedded.bench.Goal;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Shutdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchCommandTest {
    @TempDir
    private Path directory;

    /** Measured by whoever has the stage. */
    private record Named(String name, List<Goal> goals) implements Benchmark {
        @Override
        public String purpose() {
            return "how long it takes";
        }

        @Override
        public List<Figure> measure(Stack stack, Progress progress) {
            return List.of();
        }
    }

    @ParameterizedTest
    @CsvSource({"99.9, 0", "100, 1", "250, 1"})
    void endsWellOnlyIfTheGoalWasReached(double millis, int status) throws Exception {
        var bench = new BenchCommand((_, _) -> List.of(Figure.of("p99", millis, "ms")));

        assertThat(bench.run(List.of(new Named("calls", List.of(new Goal("p99", 100)))), new Shutdown()))
                .isEqualTo(status);
    }

    @Test
    void aGoalOfTheFirstIsNotForgottenOverTheSecond() throws Exception {
        var bench = new BenchCommand((_, _) -> List.of(Figure.of("p99", 100, "ms")));
        var benchmarks =
                List.<Benchmark>of(new Named("calls", List.of(new Goal("p99", 100))), new Named("rows", List.of()));

        assertThat(bench.run(benchmarks, new Shutdown())).isEqualTo(1);
    }

    @Test
    void aGoalForAFigureThatIsNotThereIsMissed() {
        assertThat(new Goal("p99", 100).isReachedBy(List.of(Figure.of("p50", 1, "ms"))))
                .isFalse();
    }

    @Test
    void revocationHasGoals() {
        assertThat(Benchmarks.named("revocation").orElseThrow().goals())
                .containsExactly(new Goal("last call p99", 100), new Goal("calls over 100 ms after", 1));
    }

    @Test
    void writesTheFiguresOfAllBenchmarks() throws Exception {
        var file = directory.resolve("figures.json");
        var bench = new BenchCommand(
                (benchmark, _) -> List.of(Figure.against(benchmark.name() + " rate", 10, "rows/s", 20)));
        new CommandLine(bench).parseArgs("--json", file.toString());

        int status = bench.run(List.of(new Named("one", List.of()), new Named("two", List.of())), new Shutdown());

        assertThat(status).isZero();
        assertThat(Files.readString(file))
                .isEqualTo("[{\"name\":\"one rate\",\"value\":10,\"unit\":\"rows/s\",\"baseline\":20,\"ratio\":0.5},"
                        + "{\"name\":\"two rate\",\"value\":10,\"unit\":\"rows/s\",\"baseline\":20,\"ratio\":0.5}]");
    }

    @Test
    void saysBeforeItMeasuresAnythingThatItsFiguresCanNotBeWritten() {
        var terminal = new Terminal(Map.of());

        int status = terminal.execute("bench", "unseal", "--json", directory.toString());

        assertThat(status).isEqualTo(1);
        assertThat(terminal.errors()).isEqualTo("latchkey: the figures can not be written to " + directory + "\n");
    }
}
