package dev.latchkey.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
    /** Says its process id, then runs until it is told to stop, and says that it was. */
    private static final String PATIENT = "echo $$; trap 'echo stopped; exit' TERM; while true; do sleep 0.05; done";

    /** A group of its own, which Ctrl-C reaches even where whoever runs the tests ignores it. */
    private static final List<String> IN_A_TERMINAL = List.of("setsid", "env", "--default-signal=INT");

    /** Another program between this test and a child. Told to stop, it closes the child and leaves a mark. */
    static final class Parent {
        public static void main(String[] arguments) throws InterruptedException {
            var mark = Path.of(arguments[1]);
            var child = ChildProcess.start("the child", shell(PATIENT), Path.of(arguments[0]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(child, mark)));
            System.out.println("ready");
            Thread.currentThread().join();
        }

        private static void close(ChildProcess child, Path mark) {
            child.close();
            try {
                Files.createFile(mark);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @TempDir
    private Path directory;

    private Path log = Path.of("unset");
    private Optional<ChildProcess> child = Optional.empty();

    @BeforeEach
    void chooseALog() {
        log = directory.resolve("logs").resolve("child.log");
    }

    @AfterEach
    void killTheChild() {
        child.ifPresent(ChildProcess::kill);
    }

    @Test
    void endsWhenItsParentIsKilled() throws Exception {
        var parent = parent(log, directory.resolve("unused")).builder().start();
        var program = program();

        parent.destroyForcibly().waitFor();

        await().until(() -> !program.isAlive());
    }

    @Test
    void getsOfTheEnvironmentOnlyWhatEveryProgramNeedsAndWhatItIsGiven() {
        start(new Command(List.of("env"), Map.of("LATCHKEY_KAFKA", "localhost:9092")));
        await().until(() -> lines().contains("LATCHKEY_KAFKA=localhost:9092"));

        assertThat(lines())
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .containsAnyOf("PATH")
                .isSubsetOf(
                        "LATCHKEY_KAFKA",
                        "PATH",
                        "HOME",
                        "LANG",
                        "LC_ALL",
                        "TZ",
                        "TMPDIR",
                        "PWD",
                        "OLDPWD",
                        "SHLVL",
                        "_");
    }

    @Test
    void refusesWithTheEndOfTheLogWhenTheProgramEndsBeforeItIsReady() {
        var ended = start(shell("i=1; while [ $i -le 50 ]; do echo line $i; i=$((i+1)); done"));

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> ended.whenReady(() -> false))
                .withMessageStartingWith("the child ended while starting; the end of its log " + log + ":\nline 11\n")
                .withMessageEndingWith("line 49\nline 50");
    }

    @Test
    void isReadyWhenItSaysSo() {
        var started = start(shell(PATIENT));

        var ready = started.whenReady(() -> !lines().isEmpty());

        assertThat(ready).isSameAs(started);
        assertThat(program().isAlive()).isTrue();
    }

    @Test
    void keepsWhatEarlierProgramsLogged() throws IOException {
        Files.createDirectories(log.getParent());
        Files.writeString(log, "earlier\n");

        start(shell("echo later"));

        await().until(() -> lines().equals(List.of("earlier", "later")));
    }

    @Test
    void isAskedToStopAndWaitedFor() {
        var asked = start(shell("trap 'echo finishing; sleep 0.3; echo finished; exit' TERM; echo ready; "
                + "while true; do sleep 0.05; done"));
        await().until(() -> lines().contains("ready"));

        asked.close();

        assertThat(lines()).containsExactly("ready", "finishing", "finished");
    }

    @Test
    void killTakesWhatTheProgramStartedWithIt() {
        var killed = start(shell("trap '' TERM; sleep 60 & echo $!; wait"));
        var grandchild = program();

        killed.kill();

        await().until(() -> !grandchild.isAlive());
    }

    @Test
    void isNotHitByCtrlCInTheTerminalButStoppedByItsParent() throws Exception {
        var closed = directory.resolve("closed");
        var parent = parent(log, closed).runBy(IN_A_TERMINAL).builder().start();
        assertThat(parent.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
        var program = program();

        interruptGroup(parent);

        await().until(() -> Files.exists(closed));
        assertThat(lines()).containsExactly("" + program.pid(), "stopped");
        assertThat(program.isAlive()).isFalse();
        assertThat(parent.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private ChildProcess start(Command command) {
        var started = ChildProcess.start("the child", command, log);
        child = Optional.of(started);
        return started;
    }

    /** The process whose id is the first line of the log. */
    private ProcessHandle program() {
        await().until(() -> !lines().isEmpty());
        return ProcessHandle.of(Long.parseLong(lines().getFirst())).orElseThrow();
    }

    private List<String> lines() {
        try {
            return Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void interruptGroup(Process leader) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -INT \"$1\"", "sh", "-" + leader.pid())
                .start()
                .waitFor();
    }

    private static Command parent(Path log, Path mark) {
        var classPath = System.getProperty("java.class.path");
        return Command.java(
                64, List.of("-cp", classPath, Parent.class.getName(), log.toString(), mark.toString()), Map.of());
    }

    private static Command shell(String script) {
        return new Command(List.of("sh", "-c", script), Map.of());
    }
}
