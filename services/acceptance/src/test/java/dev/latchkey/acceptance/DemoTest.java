package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.runtime.Json;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./latchkey demo} as another program runs it: its output in a pipe, its figures in a file. What it prints is read without end: hence the thread. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
final class DemoTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PROCESSORS_FOR_SOON = 2;
    private static final String HELD = "  ok    ";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Optional<Process> started = Optional.empty();

    @AfterEach
    void stop() {
        started.ifPresent(Process::destroyForcibly);
    }

    @Test
    void tellsItsStoryAndEndsWellOnlyIfAllOfItHeld() throws Exception {
        var figures = directory.resolve("figures.json");
        var complaints = directory.resolve("complaints.txt");
        long begin = System.nanoTime();
        var demo = start(figures, complaints);
        started = Optional.of(demo);

        var lines = new ArrayList<String>();
        var toFirst = Duration.ZERO;
        try (var out = demo.inputReader(StandardCharsets.UTF_8)) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                toFirst = toFirst.isZero() && line.startsWith(HELD)
                        ? Duration.ofNanos(System.nanoTime() - begin)
                        : toFirst;
                lines.add(line);
            }
        }

        assertThat(demo.waitFor())
                .as(String.join("\n", lines) + "\n" + Files.readString(complaints))
                .isZero();
        long checks = lines.stream().filter(line -> line.startsWith(HELD)).count();
        assertThat(checks).isGreaterThan(50);
        assertThat(lines).last().isEqualTo("demo: " + checks + " checks, " + checks + " passed");
        assertThat(Files.readString(complaints)).doesNotContain("waiting for", "\r", "\u001b");
        assertFigures(Json.MAPPER.readTree(figures.toFile()), checks);
        assertSoon(toFirst);
    }

    private static Process start(Path figures, Path complaints) throws IOException {
        var words = Command.java(
                        256,
                        List.of(
                                "-jar",
                                Checkout.distribution().jar("embedded").toString(),
                                "demo",
                                "--json",
                                figures.toString()),
                        Map.of())
                .words();
        return TestProgram.of(words).redirectError(complaints.toFile()).start();
    }

    private static void assertFigures(JsonNode figures, long checks) {
        assertThat(figures.findValuesAsText("name"))
                .containsExactly("checks", "checks passed", "start", "start and story");
        assertThat(figures.findValuesAsText("unit")).containsExactly("checks", "checks", "s", "s");
        assertThat(figures.get(0).path("value").asLong()).isEqualTo(checks);
        assertThat(figures.get(1).path("value").asLong()).isEqualTo(checks);
        assertThat(figures.get(2).path("value").asDouble()).isPositive();
        assertThat(figures.get(3).path("value").asDouble())
                .isGreaterThan(figures.get(2).path("value").asDouble());
    }

    /** Promised for a machine of four cores, and kept on one of two. */
    private static void assertSoon(Duration toFirst) {
        int processors = Runtime.getRuntime().availableProcessors();
        System.err.printf("demo: first result after %d ms on %d processors%n", toFirst.toMillis(), processors);
        if (processors < PROCESSORS_FOR_SOON) {
            System.err.println("NOT RUN: that the first result comes within " + SOON.toSeconds()
                    + " s, because this machine has fewer than " + PROCESSORS_FOR_SOON + " processors");
            return;
        }
        assertThat(toFirst).isLessThan(SOON);
    }
}
