package dev.latchkey.audit.output;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.entry;
import static dev.latchkey.audit.Changes.refusedTrial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.History;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final List<Entry> ENTRIES = LongStream.rangeClosed(1, 5)
            .mapToObj(sequence -> entry(sequence, refusedTrial(ADA, sequence)))
            .toList();

    private final StringWriter terminal = new StringWriter();
    private final List<Entry> told = new ArrayList<>();

    @Test
    void showsRecordsAndRateOnceASecondAndCleansUp() {
        tell(Duration.ofMillis(400));

        assertThat(terminal).hasToString("\u001b[K3 records read, 2 a second\r\u001b[K");
    }

    @Test
    void showsNothingOfAShortReplay() {
        tell(Duration.ofMillis(1));

        assertThat(terminal).hasToString("\u001b[K");
    }

    @Test
    void handsOnEveryRecord() {
        tell(Duration.ofMillis(400));

        assertThat(told).isEqualTo(ENTRIES);
    }

    private void tell(Duration perRecord) {
        var times = LongStream.iterate(0, time -> time + perRecord.toNanos()).iterator();
        History history = ENTRIES::forEach;
        new Progress(history, new PrintWriter(terminal), times::nextLong).tell(told::add);
    }
}
