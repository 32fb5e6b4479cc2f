package dev.latchkey.agent.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a group keeps of a partition between owners: the committed offset is the lowest open one, the rest is in the
 * metadata as {@code 1:position:open,open,...}, distances from the committed offset in base 36. The broker allows
 * 4096 bytes, and {@link TaskConsumer} has at most 500 tasks open: 8 characters for each, distances of 78 billion.
 *
 * @param position the first offset that nobody has taken
 * @param open the taken offsets that are not done
 */
record SavedOffsets(long position, SortedSet<Long> open) {
    private static final String VERSION = "1";
    private static final Pattern METADATA = Pattern.compile("1:[0-9a-z]+:([0-9a-z]+(,[0-9a-z]+)*)?");
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
        var metadata = committed.metadata();
        if (!METADATA.matcher(metadata).matches()) {
            return new SavedOffsets(committed.offset(), new TreeSet<>());
        }
        try {
            return parse(committed.offset(), List.of(metadata.split(":", -1)));
        } catch (IllegalArgumentException e) {
            return new SavedOffsets(committed.offset(), new TreeSet<>());
        }
    }

    private static SavedOffsets parse(long lowest, List<String> parts) {
        return new SavedOffsets(lowest + Long.parseLong(parts.get(1), RADIX), open(lowest, parts.get(2)));
    }

    OffsetAndMetadata toCommit() {
        long lowest = open.isEmpty() ? position : open.first();
        var distances = open.stream()
                .map(offset -> Long.toString(offset - lowest, RADIX))
                .collect(Collectors.joining(","));
        return new OffsetAndMetadata(
                lowest, String.join(":", VERSION, Long.toString(position - lowest, RADIX), distances));
    }

    private static SortedSet<Long> open(long lowest, String distances) {
        return Arrays.stream(distances.split(","))
                .filter(distance -> !distance.isEmpty())
                .map(distance -> lowest + Long.parseLong(distance, RADIX))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
