package dev.latchkey.api.keys;

import dev.latchkey.api.postgres.DatabaseUnavailable;
import dev.latchkey.runtime.Commands;
import dev.latchkey.runtime.LibraryLogs;
import dev.latchkey.runtime.StandardError;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryUnavailable;
import dev.latchkey.sealing.VaultUnavailable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line for whoever rotates the master key: an identity of its own, which never sees a plaintext. */
@Command(name = "keys", description = "Rotates the master keys under which users' API keys and data keys are sealed.")
public final class KeysMain {
    private KeysMain() {}

    public static void main(String[] arguments) {
        LibraryLogs.silence();
        var surroundings = new Surroundings(System.getenv(), System::nanoTime, StandardError.isWatched());
        System.exit(commandLine(surroundings).execute(arguments));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        var commands = List.of(new RotateCommand(surroundings), new RewrapCommand(surroundings));
        return Commands.of(new KeysMain(), commands, KeysMain::sentence);
    }

    private static Optional<String> sentence(Exception failure) {
        return switch (failure) {
            case StartRefused _,
                    VaultUnavailable _,
                    DatabaseUnavailable _,
                    RegistryUnavailable _,
                    UncheckedIOException _ -> Optional.ofNullable(failure.getMessage());
            case KafkaException _ -> Optional.of("the topics can not be read from Kafka");
            default -> Optional.empty();
        };
    }
}
