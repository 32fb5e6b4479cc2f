package dev.latchkey.agent.kafka;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which records of one partition are done. Everything before the position has been taken; of that, everything but the
 * open offsets is done. What is {@link #saved} says both, so that a record which was done after a slow one is not done
 * again by whoever comes next.
 */
final class OpenOffsets {
    private final NavigableSet<Long> open;
    /** Open offsets of an earlier owner, which the broker delivers again. */
    private final NavigableSet<Long> toTakeAgain;

    private long position;
    private boolean changed;

    private OpenOffsets(SavedOffsets saved) {
        this.position = saved.position();
        this.open = new TreeSet<>(saved.open());
        this.toTakeAgain = new TreeSet<>(saved.open());
    }

    static OpenOffsets after(SavedOffsets saved) {
        return new OpenOffsets(saved);
    }

    /** Whether the record at the offset is to be done now. The broker delivers offsets in ascending order. */
    synchronized boolean take(long offset) {
        forgetDeletedBefore(offset);
        if (offset < position) {
            return toTakeAgain.remove(offset);
        }
        position = offset + 1;
        return open.add(offset);
    }

    synchronized void done(long offset) {
        changed |= open.remove(offset);
    }

    synchronized SavedOffsets saved() {
        return new SavedOffsets(position, open);
    }

    /** Whether anything was done since the last question. */
    synchronized boolean changed() {
        boolean answer = changed;
        changed = false;
        return answer;
    }

    /** What was asked about with {@link #changed} could not be kept. */
    synchronized void stillChanged() {
        changed = true;
    }

    /** An open record that is not delivered again has outlived its topic's retention. */
    private void forgetDeletedBefore(long offset) {
        var deleted = toTakeAgain.headSet(offset);
        changed |= open.removeAll(deleted);
        deleted.clear();
    }
}
