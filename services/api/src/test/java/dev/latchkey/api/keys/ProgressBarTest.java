package dev.latchkey.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.runtime.TerminalLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    private static final String ERASE = "\u001b[K";

    private final StringWriter terminal = new StringWriter();

    @Test
    void fillsWithWhatIsDoneAndTellsTheRate() {
        var bar = barWithTimesBetween(Duration.ofSeconds(2));
        bar.toDo(1_000);

        bar.done(500);

        assertThat(terminal)
                .hasToString(
                        ERASE + "[" + "#".repeat(15) + ".".repeat(15) + "] 500 of 1,000 credentials, 250 a second\r");
    }

    @Test
    void isNeverMoreThanFull() {
        var bar = barWithTimesBetween(Duration.ofSeconds(1));
        bar.toDo(1);

        bar.done(3);

        assertThat(terminal).hasToString(ERASE + "[" + "#".repeat(30) + "] 3 of 3 credentials, 3 a second\r");
    }

    @Test
    void showsNothingBeforeASecondHasPassed() {
        var bar = barWithTimesBetween(Duration.ofMillis(100));
        bar.toDo(2);

        bar.done(1);

        assertThat(terminal).hasToString("");
    }

    private ProgressBar barWithTimesBetween(Duration step) {
        var times = LongStream.iterate(0, time -> time + step.toNanos()).iterator();
        return new ProgressBar(new TerminalLine(new PrintWriter(terminal), times::nextLong), KeyKind.CREDENTIALS);
    }
}
