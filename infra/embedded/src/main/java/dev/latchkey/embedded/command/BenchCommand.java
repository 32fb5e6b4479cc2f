package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.bench.Benchmark;
import dev.latchkey.embedded.bench.Benchmarks;
import dev.latchkey.embedded.bench.FigureTable;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Shutdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code latchkey bench}: measures, beside a baseline of the same run. */
@Command(
        name = "bench",
        description = {
            "Starts a stack of its own on free ports for each benchmark and prints a table of what it measured.",
            "The exit status is 0 only if every goal that a benchmark names was reached.",
            "Without a name, lists what can be measured."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final String ALL = "all";

    /** Where a benchmark is measured. */
    @FunctionalInterface
    interface Stage {
        List<Figure> measure(Benchmark benchmark, Progress progress) throws Exception;
    }

    private final Stage stage;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "What to measure, or: all.")
    private @Nullable String name;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many, for a benchmark that has a number of its own.")
    private @Nullable Integer count;

    @Mixin
    private FiguresFile file = new FiguresFile();

    BenchCommand(Map<String, String> environment) {
        this(new BenchStage(environment));
    }

    BenchCommand(Stage stage) {
        this.stage = stage;
    }

    @Override
    public Integer call() {
        if (name == null) {
            Benchmarks.all().forEach(each -> System.out.printf("%-12s %s%n", each.name(), each.purpose()));
            return 0;
        }
        var chosen = chosen(name).stream().map(this::sized).toList();
        file.requireWritable();
        Service.runProgram("latchkey", (settings, shutdown) -> run(chosen, shutdown));
        return 0;
    }

    private Benchmark sized(Benchmark benchmark) {
        return count == null ? benchmark : benchmark.sized(count);
    }

    private List<Benchmark> chosen(String wanted) {
        if (wanted.equals(ALL)) {
            return Benchmarks.all();
        }
        return List.of(
                Benchmarks.named(wanted).orElseThrow(() -> new ParameterException(spec.commandLine(), unknown())));
    }

    private static String unknown() {
        return "can measure: " + Benchmarks.all().stream().map(Benchmark::name).collect(Collectors.joining(", "));
    }

    /** The status that the program ends with. */
    int run(List<Benchmark> benchmarks, Shutdown shutdown) throws Exception {
        var figures = new ArrayList<Figure>();
        boolean reached = true;
        try {
            for (var benchmark : benchmarks) {
                var measured = measure(benchmark, shutdown);
                reached &= tell(benchmark, measured);
                figures.addAll(measured);
            }
        } catch (Progress.Stopped e) {
            System.out.println("bench: stopped before its end");
            return INTERRUPTED;
        }
        file.write(figures);
        return reached ? 0 : 1;
    }

    private List<Figure> measure(Benchmark benchmark, Shutdown shutdown) throws Exception {
        try (var progress = TerminalProgress.start(shutdown)) {
            return stage.measure(benchmark, progress);
        }
    }

    /** Whether every goal was reached. */
    private static boolean tell(Benchmark benchmark, List<Figure> figures) {
        System.out.println(benchmark.name() + ": " + benchmark.purpose());
        System.out.println(new FigureTable(figures));
        var missed = benchmark.goals().stream()
                .filter(goal -> !goal.isReachedBy(figures))
                .toList();
        benchmark
                .goals()
                .forEach(goal -> System.out.println(
                        "goal: " + goal + (missed.contains(goal) ? ", which was missed" : ", which was reached")));
        return missed.isEmpty();
    }
}
