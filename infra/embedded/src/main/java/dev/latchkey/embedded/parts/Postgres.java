package dev.latchkey.embedded.parts;

import dev.latchkey.embedded.process.Part;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One PostgreSQL server with a database for Latchkey and one for the schema registry. */
public final class Postgres implements Part {
    public static final String USER = "postgres";
    public static final String PASSWORD = "postgres";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> DATABASES = List.of("latchkey", "registry");
    private static final String PID_FILE = "postmaster.pid";
    private static final String STOP_WHEN_ALONE = "trap '' INT HUP TERM; read -r never; kill -INT \"$1\"";

    private final EmbeddedPostgres server;
    private final long serverId;
    private final Process guard;

    private Postgres(EmbeddedPostgres server, long serverId, Process guard) {
        this.server = server;
        this.serverId = serverId;
        this.guard = guard;
    }

    /** Keeps its data in a directory, and finds it there again, also after this program was killed. */
    public static Postgres start(int port, Path directory) {
        var data = directory.resolve("data");
        try {
            Files.createDirectories(directory);
            stopOrphan(data);
            var server = server(port, data).start();
            long serverId = serverId(data);
            var postgres = new Postgres(server, serverId, guard(serverId));
            postgres.createDatabases();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started in " + directory, e);
        }
    }

    /** Where a database of a server at a port of this machine is. */
    public static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    @Override
    public void kill() {
        ProcessHandle.of(serverId).ifPresent(process -> {
            process.children().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        close();
    }

    @Override
    public void close() {
        try {
            guard.destroyForcibly();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be stopped", e);
        }
    }

    /** Where the server's programs are unpacked, once per user of this machine. */
    private static File programs() {
        var name = "latchkey-" + System.getProperty("user.name");
        var own = OwnDirectory.at(Path.of(System.getProperty("java.io.tmpdir"), name));
        return own.resolve("postgres").toFile();
    }

    private static EmbeddedPostgres.Builder server(int port, Path data) {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(programs())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD);
    }

    private void createDatabases() {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            for (var database : DATABASES) {
                var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'");
                if (!found.next()) {
                    statement.execute("CREATE DATABASE " + database);
                }
            }
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("PostgreSQL has no room for its databases", e);
        }
    }

    /** A server that outlived this program would hold the directory: it is stopped first. */
    private static void stopOrphan(Path data) throws IOException {
        if (Files.exists(data.resolve(PID_FILE))) {
            ProcessHandle.of(serverId(data)).filter(Postgres::isServer).ifPresent(Postgres::stop);
        }
    }

    private static long serverId(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve(PID_FILE)).getFirst().strip());
    }

    private static boolean isServer(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }

    private static void stop(ProcessHandle server) {
        server.destroy();
        server.onExit()
                .completeOnTimeout(server, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Lives as long as this program, then stops the server. */
    private static Process guard(long server) throws IOException {
        return new ProcessBuilder("sh", "-c", STOP_WHEN_ALONE, "postgres-guard", Long.toString(server))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
