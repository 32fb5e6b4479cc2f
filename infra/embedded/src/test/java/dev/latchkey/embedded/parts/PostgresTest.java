package dev.latchkey.embedded.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Readiness;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String STARTED = "started";

    /** Starts a server, leaves a mark, and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            var directory = Path.of(arguments[1]);
            Postgres.start(Integer.parseInt(arguments[0]), directory);
            Files.createFile(directory.resolve(STARTED));
            Thread.currentThread().join();
        }
    }

    @TempDir
    private Path directory;

    private int port;

    @BeforeEach
    void chooseAPort() throws IOException {
        port = freePort();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void hasADatabaseForTheApiAndOneForTheRegistry() throws SQLException {
        try (var _ = Postgres.start(port, directory)) {
            assertThat(ask("latchkey", "SELECT current_database()")).isEqualTo("latchkey");
            assertThat(ask("registry", "SELECT current_database()")).isEqualTo("registry");
        }
        assertThat(Readiness.isOpen(port)).isFalse();
    }

    @Test
    void keepsWhatWasCommittedWhenItIsKilled() throws SQLException {
        var killed = Postgres.start(port, directory);
        execute("CREATE TABLE credential AS SELECT 'kept' AS state");

        killed.kill();

        assertThat(Readiness.isOpen(port)).isFalse();
        try (var _ = Postgres.start(port, directory)) {
            assertThat(ask("latchkey", "SELECT state FROM credential")).isEqualTo("kept");
        }
    }

    @Test
    void stopsWhenTheProgramThatStartedItIsKilled() throws Exception {
        var parent = Command.java(
                64,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        Integer.toString(port),
                        directory.toString()),
                Map.of());
        var process = TestProgram.of(parent.words()).start();
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve(STARTED)));

        process.destroyForcibly().waitFor();

        await().atMost(PATIENCE).until(() -> !Readiness.isOpen(port));
        try (var _ = Postgres.start(port, directory)) {
            assertThat(ask("latchkey", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void saysInOneSentenceWhatToDoWhereRootCanNotStartIt() throws Exception {
        requireRoot();
        var program = TestProgram.java(Parent.class, Integer.toString(port), directory.toString());
        var refusing = Files.writeString(directory.resolve("unshare"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(refusing, PosixFilePermissions.fromString("rwxr-xr-x"));
        program.environment().merge("PATH", directory.toString(), (path, first) -> first + ":" + path);

        var process = program.redirectErrorStream(true).start();

        assertThat(process.inputReader(StandardCharsets.UTF_8).lines())
                .first()
                .asString()
                .endsWith("PostgreSQL does not run as root, and this machine does not let root take another user"
                        + " with `unshare -U`: start this as an ordinary user, or allow user namespaces");
    }

    private static void requireRoot() {
        if (!System.getProperty("user.name").equals("root")) {
            var reason = "NOT RUN: PostgreSQL where root can not start it, because these tests do not run as root";
            System.err.println(reason);
            abort(reason);
        }
    }

    /** Process ids come again, and somebody may have copied the directory. */
    @Test
    void leavesTheServerOfAnotherDirectoryAlone() throws Exception {
        var copy = directory.resolve("copy");
        Postgres.start(port, copy).close();
        try (var _ = Postgres.start(port, directory)) {
            Files.copy(directory.resolve("data/postmaster.pid"), copy.resolve("data/postmaster.pid"));
            int other = freePort();

            try (var _ = Postgres.start(other, copy)) {
                assertThat(Readiness.isOpen(other)).isTrue();
                assertThat(ask("latchkey", "SELECT 1")).isEqualTo("1");
            }
        }
    }

    private void execute(String statement) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(Postgres.url(port, "latchkey"), Postgres.USER, Postgres.PASSWORD);
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private String ask(String database, String question) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(Postgres.url(port, database), Postgres.USER, Postgres.PASSWORD);
                var asking = connection.createStatement();
                var answer = asking.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
