package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Distribution;
import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.StackSettings;
import dev.latchkey.embedded.WorkingDirectory;
import dev.latchkey.embedded.demo.Story;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Shutdown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code latchkey demo}: one story, played through the whole system. */
@Command(
        name = "demo",
        description = {
            "Starts every part and service on free ports of this machine, plays one story and checks what came out.",
            "The exit status is 0 only if all was as it should be."
        },
        footer = "With OPENAI_API_KEY, GEMINI_API_KEY or ANTHROPIC_API_KEY set, that provider is the real one.")
final class DemoCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    private final Map<String, String> environment;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private @Nullable Path figures;

    DemoCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Service.runProgram("latchkey", (settings, shutdown) -> run(shutdown));
        return 0;
    }

    private int run(Shutdown shutdown) {
        long begin = System.nanoTime();
        try (var directory = WorkingDirectory.temporary();
                var progress = TerminalProgress.start(shutdown);
                var stack = Stack.start(settings(directory), progress)) {
            var started = since(begin);
            System.out.println("Everything started in " + started.toSeconds() + " s: Kafka, PostgreSQL, the schema"
                    + " registry, transit, the provider stand-in, and the four services.");
            var result = Story.play(stack, environment, System.out, progress);
            System.out.println();
            System.out.println(result);
            write(result, started, since(begin));
            return result.allPassed() ? 0 : 1;
        } catch (Progress.Stopped e) {
            System.out.println("demo: stopped before its end");
            return INTERRUPTED;
        }
    }

    private StackSettings settings(WorkingDirectory directory) {
        return new StackSettings(
                Distribution.ofThisProgram(),
                Ports.free(),
                directory.path(),
                directory.path().resolve("issuer.json"),
                environment);
    }

    private void write(Story.Result result, Duration started, Duration total) {
        if (figures != null) {
            Figure.write(
                    figures,
                    List.of(
                            Figure.of("checks", result.checks(), "checks"),
                            Figure.of("checks passed", result.passed(), "checks"),
                            Figure.of("start", started.toMillis() / 1000.0, "s"),
                            Figure.of("start and story", total.toMillis() / 1000.0, "s")));
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
