package dev.latchkey.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a program printed, and the status it ended with. */
public record Output(int status, List<String> lines) {
    public Output {
        lines = List.copyOf(lines);
    }

    /** Runs a program to its end. Its complaints go where ours go. */
    public static Output of(Command command) {
        try {
            var process = command.builder()
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            var lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
            return new Output(process.waitFor(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("the program could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program ran", e);
        }
    }
}
