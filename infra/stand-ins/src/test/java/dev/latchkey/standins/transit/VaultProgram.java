package dev.latchkey.standins.transit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of Vault's API as a process of its own. It ends with this one: a shell between the two notices that. */
final class VaultProgram implements AutoCloseable {
    private static final Pattern IMAGE = Pattern.compile("(openbao/openbao|hashicorp/vault|vault):.+");
    private static final String CONFIGURATION = "{\"storage\": {\"inmem\": {}}, \"disable_mlock\": true,"
            + " \"listener\": [{\"tcp\": {\"address\": \"%s\", \"tls_disable\": true}}]}";
    private static final String GUARD = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            program=$!
            ( read -r never <&3; kill "$program" ) 2>/dev/null &
            wait "$program"
            """;

    private final Process shell;
    private final URI address;

    private VaultProgram(List<String> command, Path directory, int port) {
        this.address = URI.create("http://127.0.0.1:" + port);
        var guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "vault"));
        guarded.addAll(command);
        try {
            this.shell = new ProcessBuilder(guarded)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("vault.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program that LATCHKEY_TEST_VAULT_SERVER names, else vault or bao on the PATH, else an image that Docker has. */
    static Optional<VaultProgram> find(Path directory) {
        int port = freePort();
        return named(port)
                .or(() -> onThePath(directory, port))
                .or(() -> inDocker(port))
                .map(command -> new VaultProgram(command, directory, port));
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shell.onExit().join();
    }

    private static Optional<List<String>> named(int port) {
        return Optional.ofNullable(System.getenv("LATCHKEY_TEST_VAULT_SERVER"))
                .filter(program -> !program.isBlank())
                .map(program -> List.of(program, "127.0.0.1:" + port));
    }

    private static Optional<List<String>> onThePath(Path directory, int port) {
        return Stream.of("vault", "bao")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> List.of(program.toString(), "server", "-config=" + configuration(directory, port)));
    }

    private static Optional<List<String>> inDocker(int port) {
        return images().filter(IMAGE.asMatchPredicate()).findFirst().map(image -> {
            var configuration = CONFIGURATION.formatted("0.0.0.0:8200");
            return List.of(
                    "docker",
                    "run",
                    "--rm",
                    "--pull=never",
                    "--publish=127.0.0.1:" + port + ":8200",
                    "--env=VAULT_LOCAL_CONFIG=" + configuration,
                    "--env=BAO_LOCAL_CONFIG=" + configuration,
                    "--env=SKIP_SETCAP=true",
                    image,
                    "server");
        });
    }

    /** None when there is no Docker or no daemon. */
    private static Stream<String> images() {
        try {
            var docker = new ProcessBuilder("docker", "images", "--format", "{{.Repository}}:{{.Tag}}")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return docker.inputReader(StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Path configuration(Path directory, int port) {
        try {
            return Files.writeString(directory.resolve("vault.json"), CONFIGURATION.formatted("127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
