package dev.latchkey.agent.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenOffsetsTest {
    /** What the broker allows by default (offset.metadata.max.bytes). */
    private static final int MOST_METADATA = 4096;

    private static final int MOST_TASKS = TaskConsumer.Limits.MOST_IN_FLIGHT;

    @Test
    void keepsWhatIsOpenBesideTheLowestOpenOffset() {
        var offsets = OpenOffsets.after(saved(10));
        LongStream.range(10, 50).forEach(offsets::take);

        offsets.done(LongStream.range(10, 50)
                .filter(offset -> offset != 12 && offset != 48)
                .boxed()
                .toList());

        assertThat(offsets.savedWithout(List.of())).isEqualTo(saved(50, 12, 48));
        assertThat(offsets.savedWithout(List.of(48L)).toCommit()).isEqualTo(new OffsetAndMetadata(12, "2:12:oA"));
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
        next.done(List.of(14L));

        assertThat(next.savedWithout(List.of())).isEqualTo(saved(15));
    }

    @Test
    void readsWhatEarlierVersionsWrote() {
        assertThat(SavedOffsets.of(new OffsetAndMetadata(12, "1:12:0,10"))).isEqualTo(saved(50, 12, 48));
        assertThat(SavedOffsets.of(new OffsetAndMetadata(12, "1:0:"))).isEqualTo(saved(12));
    }

    @Test
    void readsWhatItWrote() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            var open = new TreeSet<Long>();
            int width = 1 + random.nextInt(200);
            long lowest = random.nextLong(1_000_000_000_000L);
            random.longs(random.nextInt(50), lowest, lowest + width).forEach(open::add);
            var saved = new SavedOffsets(lowest + width + random.nextInt(3), open);

            assertThat(SavedOffsets.of(saved.toCommit())).isEqualTo(saved);
        }
    }

    /** A thousand tasks fit wherever they are, ten thousand while they are not further apart than 21,420 offsets. */
    @ParameterizedTest
    @CsvSource({
        "1000, 100000", // tasks open, furthest from one to the next
        "1000, 1",
        "10000, 1",
        "10000, 2",
        "3000, 7",
        "1500, 800",
    })
    void hasRoomForSoManySoFarApart(int tasks, long gap) {
        var offsets = OpenOffsets.after(saved(0));

        for (long offset = 0; offset < tasks * gap; offset += gap) {
            assertThat(offsets.hasRoomFor(offset)).isTrue();
            offsets.take(offset);
        }
    }

    /** Tasks come and end at random, as many as there is room for, some of them old; what is saved always fits. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.001, 0.01, 0.1, 0.5, 0.9})
    void takesNothingThatCouldNotBeSavedWhateverEndsFirst(double slow) {
        var random = new Random(42);
        var offsets = OpenOffsets.after(saved(0));
        var open = new ArrayList<Long>();
        long refused = 0;
        int longest = 0;
        for (long offset = 0; offset < 150_000; ) {
            if (open.size() < MOST_TASKS && offsets.hasRoomFor(offset)) {
                offsets.take(offset);
                open.add(offset);
                offset += 1 + random.nextInt(3);
            } else {
                refused += open.size() < MOST_TASKS ? 1 : 0;
                end(random, slow, open, offsets);
                longest = Math.max(longest, length(offsets));
            }
        }
        while (!open.isEmpty()) {
            end(random, 1, open, offsets);
            longest = Math.max(longest, length(offsets));
        }

        assertThat(longest).isBetween(1000, MOST_METADATA);
        assertThat(refused).isPositive();
        assertThat(offsets.hasRoomFor(Long.MAX_VALUE)).isTrue();
    }

    /** The worst there is for the format: nothing but single offsets, each in a group of its own. */
    @Test
    void refusesWhatWouldNotFitUntilEnoughHasEnded() {
        var offsets = OpenOffsets.after(saved(0));
        long offset = 0;
        while (offsets.hasRoomFor(offset)) {
            offsets.take(offset);
            offset += 7 * 128 + 7;
        }
        var full = offsets.savedWithout(List.of());

        assertThat(full.toCommit().metadata().length()).isBetween(MOST_METADATA - 32, MOST_METADATA);
        assertThat(SavedOffsets.of(full.toCommit())).isEqualTo(full);
        offsets.done(List.of(full.open().first()));
        assertThat(offsets.hasRoomFor(offset)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1:",
                "1:a",
                "2:4",
                "2:4:gQ==",
                "2:4:gQ:",
                "2:4:g",
                "2:4:_w",
                "2:0:gQ",
                "2:-1:gQ",
                "2:zzzzzzzzzzzzz:",
                "2:zzzzzzzzzzzz:f39_f39_f39_f4E",
                "3:4:gQ",
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

    /** Mostly one of the newest, sometimes one of the oldest. */
    private static void end(Random random, double slow, List<Long> open, OpenOffsets offsets) {
        for (int i = 0; i < 500 && !open.isEmpty(); i++) {
            int last = open.size() - 1;
            int ending = random.nextDouble() < slow ? 0 : last - random.nextInt(Math.min(last + 1, 2_000));
            offsets.done(List.of(open.remove(ending)));
        }
    }

    private static int length(OpenOffsets offsets) {
        return offsets.savedWithout(List.of()).toCommit().metadata().length();
    }

    private static SavedOffsets saved(long position, long... open) {
        var offsets = new TreeSet<Long>();
        LongStream.of(open).forEach(offsets::add);
        return new SavedOffsets(position, offsets);
    }
}
