package dev.latchkey.api;

import dev.latchkey.api.postgres.DatabaseUnavailable;
import dev.latchkey.runtime.LibraryLogs;
import dev.latchkey.runtime.StartRefused;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./latchkey users}: what an operator does to users. */
@Command(name = "users", description = "What an operator does to users.")
public final class UsersMain {
    @SuppressWarnings("UnusedVariable") // picocli looks for it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    private UsersMain() {}

    public static void main(String[] arguments) {
        LibraryLogs.silence();
        System.exit(commandLine(System.getenv(), InstantSource.system()).execute(arguments));
    }

    static CommandLine commandLine(Map<String, String> environment, InstantSource clock) {
        return new CommandLine(new UsersMain())
                .addSubcommand(new ForgetCommand(environment, clock))
                .setExecutionExceptionHandler((failure, line, ignored) -> explain(failure, line));
    }

    /** A broken environment in one sentence, everything else as it is. */
    private static int explain(Exception failure, CommandLine line) throws Exception {
        return switch (failure) {
            case StartRefused refused -> complain(String.valueOf(refused.getMessage()), line);
            case DatabaseUnavailable _ -> complain("the database does not answer", line);
            case KafkaException _ -> complain("Kafka does not answer", line);
            case UncheckedIOException unwritable -> complain(String.valueOf(unwritable.getMessage()), line);
            default -> throw failure;
        };
    }

    private static int complain(String sentence, CommandLine line) {
        line.getErr().println("users: " + sentence);
        return line.getCommandSpec().exitCodeOnExecutionException();
    }
}
