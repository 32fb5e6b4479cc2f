package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Distribution;
import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.StackSettings;
import dev.latchkey.embedded.WorkingDirectory;
import dev.latchkey.embedded.bench.Benchmark;
import dev.latchkey.embedded.bench.Benchmarks;
import dev.latchkey.embedded.bench.FigureTable;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Shutdown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
            "Without a name, lists what can be measured."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final String ALL = "all";

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "What to measure, or: all.")
    private @Nullable String name;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many, for a benchmark that has a number of its own.")
    private @Nullable Integer count;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private @Nullable Path file;

    BenchCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (name == null) {
            Benchmarks.all().forEach(each -> System.out.printf("%-12s %s%n", each.name(), each.purpose()));
            return 0;
        }
        var chosen = chosen(name).stream().map(this::sized).toList();
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

    private int run(List<Benchmark> benchmarks, Shutdown shutdown) throws Exception {
        var figures = new ArrayList<Figure>();
        try {
            for (var benchmark : benchmarks) {
                figures.addAll(run(benchmark, shutdown));
            }
        } catch (Progress.Stopped e) {
            System.out.println("bench: stopped before its end");
            return INTERRUPTED;
        }
        if (file != null) {
            Figure.write(file, figures);
        }
        return 0;
    }

    private List<Figure> run(Benchmark benchmark, Shutdown shutdown) throws Exception {
        try (var directory = WorkingDirectory.temporary();
                var progress = TerminalProgress.start(shutdown);
                var stack = Stack.start(settings(directory, benchmark), progress)) {
            var figures = benchmark.measure(stack, progress);
            progress.done();
            System.out.println(benchmark.name() + ": " + benchmark.purpose());
            System.out.println(new FigureTable(figures));
            return figures;
        }
    }

    private StackSettings settings(WorkingDirectory directory, Benchmark benchmark) {
        var settings = new HashMap<>(environment);
        settings.putAll(benchmark.settings());
        return new StackSettings(
                Distribution.ofThisProgram(),
                Ports.free(),
                directory.path(),
                directory.path().resolve("issuer.json"),
                settings);
    }
}
