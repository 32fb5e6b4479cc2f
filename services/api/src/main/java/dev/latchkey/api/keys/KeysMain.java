package dev.latchkey.api.keys;

import dev.latchkey.api.postgres.DatabaseUnavailable;
import dev.latchkey.runtime.LibraryLogs;
import dev.latchkey.runtime.StandardError;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryUnavailable;
import dev.latchkey.sealing.VaultUnavailable;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line for whoever rotates the master key: an identity of its own, which never sees a plaintext. */
@Command(name = "keys", description = "Rotates the master keys under which users' API keys and data keys are sealed.")
public final class KeysMain {
    @SuppressWarnings("UnusedVariable") // picocli looks for it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    private KeysMain() {}

    public static void main(String[] arguments) {
        LibraryLogs.silence();
        var surroundings = new Surroundings(System.getenv(), System::nanoTime, StandardError.isWatched());
        System.exit(commandLine(surroundings).execute(arguments));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new KeysMain())
                .addSubcommand(new RotateCommand(surroundings))
                .addSubcommand(new RewrapCommand(surroundings))
                .setExecutionExceptionHandler((failure, line, ignored) -> explain(failure, line));
    }

    private static int explain(Exception failure, CommandLine line) throws Exception {
        return switch (failure) {
            case StartRefused refused -> complain(sentence(refused), line);
            case VaultUnavailable unavailable -> complain(sentence(unavailable), line);
            case DatabaseUnavailable unavailable -> complain(sentence(unavailable), line);
            case RegistryUnavailable unavailable -> complain(sentence(unavailable), line);
            case KafkaException _ -> complain("the topics can not be read from Kafka", line);
            case UncheckedIOException unwritable -> complain(sentence(unwritable), line);
            default -> throw failure;
        };
    }

    private static String sentence(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    private static int complain(String sentence, CommandLine line) {
        line.getErr().println("keys: " + sentence);
        return line.getCommandSpec().exitCodeOnExecutionException();
    }
}
