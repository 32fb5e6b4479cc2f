package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Distribution;
import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.StackSettings;
import dev.latchkey.embedded.WorkingDirectory;
import dev.latchkey.embedded.command.DemoCommand.Played;
import dev.latchkey.embedded.demo.Story;
import java.time.Duration;
import java.util.Map;

/** A whole system of its own, which goes when the story is over. */
record DemoStage(Map<String, String> environment) implements DemoCommand.Stage {
    @Override
    public Played play(Progress progress) {
        long begin = System.nanoTime();
        try (var directory = WorkingDirectory.temporary();
                var stack = Stack.start(settings(directory), progress)) {
            var toStart = since(begin);
            System.out.println("Everything started in " + toStart.toSeconds() + " s: Kafka, PostgreSQL, the schema"
                    + " registry, transit, the provider stand-in, and the four services.");
            var result = Story.play(stack, environment, System.out, progress);
            System.out.println();
            System.out.println(result);
            return new Played(result, toStart, since(begin));
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

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
