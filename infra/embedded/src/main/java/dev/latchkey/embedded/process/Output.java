package dev.latchkey.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What a program printed, and the status it ended with. */
public record Output(int status, List<String> lines) {
    public Output {
        lines = List.copyOf(lines);
    }

    /** Runs a program to its end, or until this thread is interrupted. Its complaints go where ours go. */
    public static Output of(Command command) {
        try {
            var process = command.builder()
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            return of(process);
        } catch (IOException e) {
            throw new UncheckedIOException("the program could not be started", e);
        }
    }

    /** Whoever reads what a program prints can not be interrupted: somebody else reads it. */
    private static Output of(Process process) {
        var lines = new FutureTask<>(
                () -> process.inputReader(StandardCharsets.UTF_8).lines().toList());
        Thread.ofVirtual().name("output").start(lines);
        try {
            return new Output(process.waitFor(), lines.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("what the program printed can not be read", e);
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program ran", e);
        }
    }
}
