package dev.latchkey.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkingDirectoryTest {
    private static final Duration ANOTHER_MOMENT = Duration.ofMillis(200);

    @TempDir
    private Path elsewhere;

    @Test
    void aTemporaryOneGoesWithEverythingInIt() throws IOException {
        var directory = WorkingDirectory.temporary();
        Files.createDirectories(directory.path().resolve("kafka").resolve("data"));
        Files.writeString(directory.path().resolve("kafka").resolve("data").resolve("log"), "record");

        directory.close();

        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void aLastingOneStays() throws IOException {
        var directory =
                WorkingDirectory.lasting(elsewhere.resolve("data").resolve("..").resolve("data"));
        Files.createDirectories(directory.path());
        Files.writeString(directory.path().resolve("log"), "record");

        directory.close();

        assertThat(directory.path()).isEqualTo(elsewhere.toAbsolutePath().resolve("data"));
        assertThat(directory.path().resolve("log")).hasContent("record");
    }

    @Test
    void closingTwiceDoesNoHarm() {
        var directory = WorkingDirectory.temporary();

        directory.close();
        directory.close();

        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void whatIsLinkedFromATemporaryOneStays() throws IOException {
        var directory = WorkingDirectory.temporary();
        var kept = Files.writeString(elsewhere.resolve("kept"), "kept");
        Files.createSymbolicLink(directory.path().resolve("link"), elsewhere);

        directory.close();

        assertThat(directory.path()).doesNotExist();
        assertThat(kept).hasContent("kept");
    }

    @Test
    void goesAlthoughSomebodyWritesForAnotherMoment() throws Exception {
        var directory = WorkingDirectory.temporary();
        var writer = Thread.ofVirtual()
                .start(() -> write(directory.path(), Instant.now().plus(ANOTHER_MOMENT)));
        await().until(() -> Files.exists(directory.path().resolve("9")));

        directory.close();

        writer.join();
        assertThat(directory.path()).doesNotExist();
    }

    /** Ends at the end of the time, or when the directory is gone. */
    private static void write(Path directory, Instant end) {
        try {
            for (int i = 0; Instant.now().isBefore(end); i++) {
                Files.writeString(directory.resolve(Integer.toString(i)), "late");
            }
        } catch (IOException e) {
            // The directory is gone.
        }
    }
}
