package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service as a process of its own, which prints into a file. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path output;

    private ServiceProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Returns at once.
     *
     * @param environment the settings that it has, and none of this process
     */
    public static ServiceProcess start(
            Class<?> main, Map<String, String> environment, Path output, String... arguments) {
        var command = TestProgram.java(List.of("-Xmx256m"), main, arguments);
        command.environment().putAll(environment);
        try {
            return new ServiceProcess(
                    command.redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start(),
                    output);
        } catch (IOException e) {
            throw new UncheckedIOException("the service can not be started", e);
        }
    }

    /** Whether it ended in time. */
    public boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    public int status() {
        return process.exitValue();
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an operator's Ctrl-C or an orchestrator does. */
    public void askToStop() {
        process.destroy();
    }

    /** As kill -9 or a power cut does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks it to stop, so that nobody has to miss it before its place is taken. */
    @Override
    public void close() {
        askToStop();
        process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly())
                .join();
    }
}
