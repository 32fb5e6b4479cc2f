package dev.latchkey.router.topology;

/**
 * What a user has under way with one key.
 *
 * @param released tasks that are with the workers
 * @param begun runs that were with the workers before, and wait for their turn
 * @param fresh runs that wait for their first task
 */
record Lane(int released, Line begun, Line fresh) {
    static final Lane EMPTY = new Lane(0, Line.EMPTY, Line.EMPTY);

    Lane withReleased(int change) {
        return new Lane(Math.max(0, released + change), begun, fresh);
    }

    Line line(boolean hasBegun) {
        return hasBegun ? begun : fresh;
    }

    Lane with(boolean hasBegun, Line line) {
        return hasBegun ? new Lane(released, line, fresh) : new Lane(released, begun, line);
    }

    /** Whether nobody stands before a run that comes now. */
    boolean letsPass(boolean hasBegun) {
        return begun.size() == 0 && (hasBegun || fresh.size() == 0);
    }

    boolean isEmpty() {
        return released == 0 && begun.size() == 0 && fresh.size() == 0;
    }

    long lastTicket() {
        return Math.max(begun.tail(), fresh.tail());
    }
}
