package dev.latchkey.agent.kafka;

import java.util.Arrays;
import java.util.Base64;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a group keeps of a partition between owners: the committed offset is the lowest open one, the rest is in the
 * metadata as {@code 2:position:open}: the distance of the position from the committed offset in base 36, and the open
 * offsets as {@link Marks} in base 64. Earlier versions wrote {@code 1:position:open,open,...}, all distances in base 36.
 *
 * @param position the first offset that nobody has taken
 * @param open the taken offsets that are not done
 */
record SavedOffsets(long position, SortedSet<Long> open) {
    /** Of the 4096 characters that the broker allows, 16 are for the position. */
    static final int MOST_BYTES_OF_MARKS = (4096 - 16) / 4 * 3;

    private static final Pattern LIST = Pattern.compile("1:[0-9a-z]+:([0-9a-z]+(,[0-9a-z]+)*)?");
    private static final Pattern MARKS = Pattern.compile("2:[0-9a-z]+:[A-Za-z0-9_-]*");
    private static final int RADIX = 36;

    SavedOffsets {
        open = new TreeSet<>(open);
        if (!open.isEmpty() && open.last() >= position) {
            throw new IllegalArgumentException("open offsets are before the position " + position + ": " + open);
        }
    }

    /** Metadata that is not ours says nothing: then everything from the committed offset on is to be done. */
    static SavedOffsets of(@Nullable OffsetAndMetadata committed) {
        if (committed == null) {
            return new SavedOffsets(0, new TreeSet<>());
        }
        try {
            return parse(committed.offset(), committed.metadata());
        } catch (IllegalArgumentException | ArithmeticException e) {
            return new SavedOffsets(committed.offset(), new TreeSet<>());
        }
    }

    private static SavedOffsets parse(long lowest, String metadata) {
        var parts = metadata.split(":", -1);
        if (MARKS.matcher(metadata).matches()) {
            return new SavedOffsets(position(lowest, parts[1]), marked(lowest, parts[2]));
        }
        if (LIST.matcher(metadata).matches()) {
            return new SavedOffsets(position(lowest, parts[1]), listed(lowest, parts[2]));
        }
        throw new IllegalArgumentException("not in a format of ours");
    }

    OffsetAndMetadata toCommit() {
        long lowest = open.isEmpty() ? position : open.first();
        var marks = Base64.getUrlEncoder().withoutPadding().encodeToString(Marks.bytes(open));
        return new OffsetAndMetadata(lowest, "2:" + Long.toString(position - lowest, RADIX) + ":" + marks);
    }

    private static long position(long lowest, String distance) {
        return Math.addExact(lowest, Long.parseLong(distance, RADIX));
    }

    private static SortedSet<Long> marked(long lowest, String marks) {
        var open = Marks.offsets(lowest, Base64.getUrlDecoder().decode(marks));
        if (!open.isEmpty() && open.first() != lowest) {
            throw new IllegalArgumentException("the committed offset is the lowest open one");
        }
        return open;
    }

    private static SortedSet<Long> listed(long lowest, String distances) {
        return Arrays.stream(distances.split(","))
                .filter(distance -> !distance.isEmpty())
                .map(distance -> lowest + Long.parseLong(distance, RADIX))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
