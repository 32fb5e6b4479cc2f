package dev.latchkey.agent.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenOffsetsTest {
    /** What the broker allows by default (offset.metadata.max.bytes). */
    private static final int MOST_METADATA = 4096;

    @Test
    void keepsWhatIsOpenBesideTheLowestOpenOffset() {
        var offsets = OpenOffsets.after(saved(10));
        LongStream.range(10, 50).forEach(offsets::take);

        LongStream.range(10, 50).filter(offset -> offset != 12 && offset != 48).forEach(offsets::done);

        assertThat(offsets.saved()).isEqualTo(saved(50, 12, 48));
        assertThat(offsets.saved().toCommit()).isEqualTo(new OffsetAndMetadata(12, "1:12:0,10"));
    }

    @Test
    void givesTheNextOwnerWhatIsOpenAndWhatIsNew() {
        var next = OpenOffsets.after(saved(15, 12, 14));

        assertThat(LongStream.range(12, 17).filter(next::take)).containsExactly(12L, 14L, 15L, 16L);
    }

    @Test
    void takesNothingTwice() {
        var next = OpenOffsets.after(saved(15, 12));
        next.take(12);

        assertThat(next.take(12)).isFalse();
    }

    @Test
    void forgetsAnOpenRecordThatItsTopicHasForgotten() {
        var next = OpenOffsets.after(saved(15, 12, 14));

        next.take(14);
        next.done(14);

        assertThat(next.saved()).isEqualTo(saved(15));
    }

    @Test
    void tellsOnceThatSomethingWasDoneUnlessItCouldNotBeKept() {
        var offsets = OpenOffsets.after(saved(0));
        offsets.take(0);
        offsets.done(0);

        assertThat(List.of(offsets.changed(), offsets.changed())).containsExactly(true, false);
        offsets.stillChanged();
        assertThat(offsets.changed()).isTrue();
    }

    @Test
    void staysWithinTheBrokersLimitWithEveryTaskOpenAndFarApart() {
        var open = new TreeSet<Long>();
        LongStream.range(0, TaskConsumer.Limits.MOST_IN_FLIGHT)
                .forEach(task -> open.add(77_000_000_000L + task * 2_000_000));
        open.add(0L);
        open.pollLast();
        var full = new SavedOffsets(78_200_000_000L, open);

        var committed = full.toCommit();

        assertThat(committed.metadata().length()).isLessThanOrEqualTo(MOST_METADATA);
        assertThat(SavedOffsets.of(committed)).isEqualTo(full);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1:",
                "1:a",
                "2:4:0",
                "1:4:0,",
                "1:-1:",
                "1:4:x y",
                "1:2:5",
                "1:zzzzzzzzzzzzzzzz:",
                "somebody else's"
            })
    void takesEverythingAgainWhenItDoesNotKnowTheMetadata(String metadata) {
        assertThat(SavedOffsets.of(new OffsetAndMetadata(7, metadata))).isEqualTo(saved(7));
    }

    private static SavedOffsets saved(long position, long... open) {
        var offsets = new TreeSet<Long>();
        LongStream.of(open).forEach(offsets::add);
        return new SavedOffsets(position, offsets);
    }
}
