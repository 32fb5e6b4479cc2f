package dev.latchkey.embedded.process;

import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A program that runs beside this one. It ends with this one, also when this one is killed: a shell between the two
 * holds the reading end of a pipe, and kills the program when the pipe breaks. The shell also shields the program from
 * Ctrl-C in the terminal, so that parts stop in the order in which they are closed.
 */
public final class ChildProcess implements Part {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 40;
    private static final String GUARD = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            program=$!
            trap 'kill -TERM "$program"' TERM
            trap '' INT HUP
            ( read -r never <&3; kill -KILL "$program" ) 2>/dev/null &
            guard=$!
            wait "$program"
            while kill -0 "$program" 2>/dev/null; do wait "$program"; done
            kill -KILL "$guard" 2>/dev/null
            """;

    private final String name;
    private final Path log;
    private final Process shell;

    private ChildProcess(String name, Path log, Process shell) {
        this.name = name;
        this.log = log;
        this.shell = shell;
    }

    /** What the program prints goes to the log. */
    public static ChildProcess start(String name, Command command, Path log) {
        var guarded = command.runBy(List.of("sh", "-c", GUARD, name));
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var shell = guarded.builder()
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildProcess(name, log, shell);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    /** Returns this program once it is ready; one that does not get ready is closed. */
    public ChildProcess whenReady(BooleanSupplier ready) {
        var giveUp = Instant.now().plus(START_PATIENCE);
        while (!ready.getAsBoolean()) {
            if (!shell.isAlive()) {
                throw notStarted("ended while starting");
            }
            if (Instant.now().isAfter(giveUp)) {
                close();
                throw notStarted("was not ready after " + START_PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return this;
    }

    private StartRefused notStarted(String what) {
        return new StartRefused(name + " " + what + "; the end of its log " + log + ":\n" + String.join("\n", tail()));
    }

    private List<String> tail() {
        try {
            var lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(it can not be read)");
        }
    }

    @Override
    public void kill() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
        waitForEnd();
    }

    /** Asks the program to stop and waits until it has. */
    @Override
    public void close() {
        // Through the handle, because Process.destroy would also break the pipe.
        shell.toHandle().destroy();
        if (!waitForEnd()) {
            kill();
        }
    }

    private boolean waitForEnd() {
        try {
            return shell.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
