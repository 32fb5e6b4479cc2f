package dev.latchkey.embedded.parts;

import dev.latchkey.embedded.process.Part;
import dev.latchkey.runtime.StartRefused;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        requireAnotherUserThanRoot();
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

    /** The server does not run as root. Whoever starts it for root needs a user namespace, which containers seldom allow. */
    private static void requireAnotherUserThanRoot() {
        if (System.getProperty("user.name").equals("root") && !LinuxUtils.isUnshareAvailable()) {
            throw new StartRefused(
                    "PostgreSQL does not run as root, and this machine does not let root take another user"
                            + " with `unshare -U`: start this as an ordinary user, or allow user namespaces");
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

    /**
     * A server that outlived its program would hold the directory: it is stopped first. Whoever has its process id by now
     * is left alone.
     */
    private static void stopOrphan(Path data) throws IOException {
        var pidFile = data.resolve(PID_FILE);
        if (!Files.exists(pidFile)) {
            return;
        }
        var process = ProcessHandle.of(serverId(data));
        process.filter(found -> isServerOf(data, found)).ifPresent(Postgres::stop);
        if (process.filter(found -> isSomethingElse(data, found)).isPresent()) {
            Files.delete(pidFile);
        }
    }

    private static long serverId(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve(PID_FILE)).getFirst().strip());
    }

    private static boolean isServerOf(Path data, ProcessHandle process) {
        return arguments(process)
                .filter(found -> found.contains(data.toString()))
                .isPresent();
    }

    /** Not known of a process that does not tell its arguments. */
    private static boolean isSomethingElse(Path data, ProcessHandle process) {
        return arguments(process)
                .filter(found -> !found.contains(data.toString()))
                .isPresent();
    }

    private static Optional<List<String>> arguments(ProcessHandle process) {
        return process.info().arguments().map(List::of);
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
