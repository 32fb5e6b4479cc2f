package dev.latchkey.agent.kafka;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which records of one partition are done. Everything before the position has been taken; of that, everything but the
 * open offsets is done. What is {@link #savedWithout saved} says both, so that a record which was done after a slow one is
 * not done again by whoever comes next.
 */
final class OpenOffsets {
    private final NavigableSet<Long> open;
    /** Open offsets of an earlier owner, which the broker delivers again. */
    private final NavigableSet<Long> toTakeAgain;

    private long position;
    /** What the open offsets take when they are saved, or more. */
    private int bytes;

    private OpenOffsets(SavedOffsets saved) {
        this.position = saved.position();
        this.open = new TreeSet<>(saved.open());
        this.toTakeAgain = new TreeSet<>(saved.open());
        this.bytes = Marks.bytes(open).length;
    }

    static OpenOffsets after(SavedOffsets saved) {
        return new OpenOffsets(saved);
    }

    /** Whether what is open can be saved with this one, and so can all that will ever be left of it. */
    synchronized boolean hasRoomFor(long offset) {
        if (offset < position || fits(offset)) {
            return true;
        }
        bytes = Marks.bytes(open).length;
        return fits(offset);
    }

    /** Whether the record at the offset is to be done now. The broker delivers offsets in ascending order. */
    synchronized boolean take(long offset) {
        forgetDeletedBefore(offset);
        if (offset < position) {
            return toTakeAgain.remove(offset);
        }
        bytes += bytesOf(offset);
        position = offset + 1;
        return open.add(offset);
    }

    synchronized void done(Collection<Long> offsets) {
        offsets.forEach(open::remove);
    }

    /** What is to be saved together with the news that these are done. */
    synchronized SavedOffsets savedWithout(Collection<Long> done) {
        var left = new TreeSet<>(open);
        done.forEach(left::remove);
        return new SavedOffsets(position, left);
    }

    private boolean fits(long offset) {
        return bytes + bytesOf(offset) <= SavedOffsets.MOST_BYTES_OF_MARKS;
    }

    private int bytesOf(long offset) {
        return open.isEmpty() ? 1 : Marks.bytesBehind(open.last(), offset);
    }

    /** An open record that is not delivered again has outlived its topic's retention. */
    private void forgetDeletedBefore(long offset) {
        var deleted = toTakeAgain.headSet(offset);
        open.removeAll(deleted);
        deleted.clear();
    }
}
