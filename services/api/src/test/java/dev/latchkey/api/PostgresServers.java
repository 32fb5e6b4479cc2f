package dev.latchkey.api;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs PostgreSQL out of a directory of this test run, which ends with it. The temporary directory of the machine would
 * keep the programs, and anybody could have put others there before.
 */
final class PostgresServers {
    private static final Path OWN = make();
    private static final List<EmbeddedPostgres> STARTED = new CopyOnWriteArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(PostgresServers::remove));
    }

    private PostgresServers() {}

    static EmbeddedPostgres start() throws IOException {
        return start(EmbeddedPostgres.builder().setDataDirectory(OWN.resolve("data")));
    }

    static EmbeddedPostgres start(EmbeddedPostgres.Builder wanted) throws IOException {
        var server = wanted.setOverrideWorkingDirectory(OWN.toFile())
                .setRegisterShutdownHook(false)
                .start();
        STARTED.add(server);
        return server;
    }

    private static Path make() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "postgres-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closing one that is closed does nothing. */
    private static void remove() {
        try {
            for (var server : STARTED) {
                server.close();
            }
            try (var files = Files.walk(OWN)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
