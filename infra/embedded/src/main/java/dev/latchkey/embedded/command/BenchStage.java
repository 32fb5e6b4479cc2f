package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Distribution;
import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.StackSettings;
import dev.latchkey.embedded.WorkingDirectory;
import dev.latchkey.embedded.bench.Benchmark;
import dev.latchkey.embedded.process.Sizing;
import dev.latchkey.runtime.Figure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole system for each benchmark, which goes when it has been measured. */
record BenchStage(Map<String, String> environment) implements BenchCommand.Stage {
    @Override
    public List<Figure> measure(Benchmark benchmark, Progress progress) throws Exception {
        try (var directory = WorkingDirectory.temporary();
                var stack = Stack.start(settings(directory, benchmark), progress)) {
            return benchmark.measure(stack, progress);
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
                settings,
                Sizing.DEPLOYED);
    }
}
