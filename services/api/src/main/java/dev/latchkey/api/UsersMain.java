package dev.latchkey.api;

import dev.latchkey.api.postgres.DatabaseUnavailable;
import dev.latchkey.runtime.Commands;
import dev.latchkey.runtime.LibraryLogs;
import dev.latchkey.runtime.StartRefused;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./latchkey users}: what an operator does to users. */
@Command(name = "users", description = "What an operator does to users.")
public final class UsersMain {
    private UsersMain() {}

    public static void main(String[] arguments) {
        LibraryLogs.silence();
        System.exit(commandLine(System.getenv(), InstantSource.system()).execute(arguments));
    }

    static CommandLine commandLine(Map<String, String> environment, InstantSource clock) {
        return Commands.of(new UsersMain(), List.of(new ForgetCommand(environment, clock)), UsersMain::sentence);
    }

    private static Optional<String> sentence(Exception failure) {
        return switch (failure) {
            case StartRefused _, UncheckedIOException _ -> Optional.ofNullable(failure.getMessage());
            case DatabaseUnavailable _ -> Optional.of("the database does not answer");
            case KafkaException _ -> Optional.of("Kafka does not answer");
            default -> Optional.empty();
        };
    }
}
