package dev.latchkey.embedded.command;

import dev.latchkey.embedded.DirectoryLock;
import dev.latchkey.embedded.Distribution;
import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.StackSettings;
import dev.latchkey.embedded.Tokens;
import dev.latchkey.embedded.WorkingDirectory;
import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Shutdown;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code latchkey up}: the whole system in the foreground, to work with. */
@Command(
        name = "up",
        description = "Starts every part and service on this machine and runs until Ctrl-C.",
        footer = "Settings (LATCHKEY_*, see the README) in the environment are passed on to the services.")
final class UpCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Added to every port. Default: ${DEFAULT-VALUE}.")
    private int portOffset;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep all state here, and find it again next time.")
    private @Nullable Path data;

    UpCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Service.run("latchkey", (settings, shutdown) -> run(shutdown));
        return 0;
    }

    private void run(Shutdown shutdown) throws InterruptedException {
        try (var directory = data == null ? WorkingDirectory.temporary() : WorkingDirectory.lasting(data);
                var _ = DirectoryLock.of(directory.path());
                var progress = TerminalProgress.start(shutdown);
                var stack = Stack.start(settings(directory), progress)) {
            System.out.println(new Introduction(stack.ports(), directory.path()));
            shutdown.await();
            System.out.println("Stopping.");
        } catch (Progress.Stopped e) {
            System.out.println("Stopped.");
        }
    }

    private StackSettings settings(WorkingDirectory directory) {
        return new StackSettings(
                Distribution.ofThisProgram(),
                Ports.stable(portOffset),
                directory.path(),
                Tokens.keyFile(environment),
                environment);
    }
}
