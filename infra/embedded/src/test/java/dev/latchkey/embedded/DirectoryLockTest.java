package dev.latchkey.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.StartRefused;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
    /** Says that it has the directory, and keeps it until it is killed. */
    static final class Owner {
        public static void main(String[] arguments) throws InterruptedException {
            try (var _ = DirectoryLock.of(Path.of(arguments[0]))) {
                System.out.println("mine");
                Thread.currentThread().join();
            }
        }
    }

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void nameADirectoryThatIsNotThere() {
        directory = parent.resolve("data");
    }

    @Test
    void keepsEverybodyElseOutUntilItsProgramHasEnded() throws Exception {
        var owner = TestProgram.java(Owner.class, directory.toString()).start();
        try (var out = owner.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("mine");

            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> DirectoryLock.of(directory))
                    .withMessage("somebody else keeps state in " + directory
                            + " just now: stop that program, or name another directory with --data");
        } finally {
            owner.destroyForcibly().waitFor();
        }
        try (var _ = DirectoryLock.of(directory)) {
            assertThat(directory).isDirectory();
        }
    }

    @Test
    void isFreeAgainOnceItIsClosed() {
        DirectoryLock.of(directory).close();

        try (var _ = DirectoryLock.of(directory)) {
            assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> DirectoryLock.of(directory));
        }
    }

    @Test
    void saysInOneSentenceThatThereIsNoRoomForState() throws IOException {
        Files.createFile(directory);

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> DirectoryLock.of(directory))
                .withMessageStartingWith("no state can be kept in " + directory + ": ");
    }
}
