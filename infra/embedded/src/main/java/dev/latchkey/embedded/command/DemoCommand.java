package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.demo.Story;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Shutdown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    /** Where the story is played, from the start of everything to its end. */
    @FunctionalInterface
    interface Stage {
        Played play(Progress progress);
    }

    /**
     * What came of it.
     *
     * @param toStart how long everything took to start
     * @param toEnd how long that and the story took
     */
    record Played(Story.Result result, Duration toStart, Duration toEnd) {}

    private final Stage stage;

    @Mixin
    private FiguresFile figures = new FiguresFile();

    DemoCommand(Map<String, String> environment) {
        this(new DemoStage(environment));
    }

    DemoCommand(Stage stage) {
        this.stage = stage;
    }

    @Override
    public Integer call() {
        figures.requireWritable();
        Service.runProgram("latchkey", (settings, shutdown) -> run(shutdown));
        return 0;
    }

    /** The status that the program ends with. */
    int run(Shutdown shutdown) {
        try (var progress = TerminalProgress.start(shutdown)) {
            var played = stage.play(progress);
            write(played);
            return played.result().allPassed() ? 0 : 1;
        } catch (Progress.Stopped e) {
            System.out.println("demo: stopped before its end");
            return INTERRUPTED;
        }
    }

    private void write(Played played) {
        figures.write(List.of(
                Figure.of("checks", played.result().checks(), "checks"),
                Figure.of("checks passed", played.result().passed(), "checks"),
                Figure.of("start", seconds(played.toStart()), "s"),
                Figure.of("start and story", seconds(played.toEnd()), "s")));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
