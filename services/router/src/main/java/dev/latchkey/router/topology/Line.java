package dev.latchkey.router.topology;

/**
 * Runs that wait for their turn, by ticket.
 *
 * @param head nobody has a lower ticket
 * @param tail the last ticket that was given
 */
record Line(int size, long head, long tail) {
    static final Line EMPTY = new Line(0, 0, 0);

    Line joined(long ticket) {
        return new Line(size + 1, size == 0 ? ticket : head, ticket);
    }

    Line left() {
        return new Line(Math.max(0, size - 1), head, tail);
    }

    Line from(long first) {
        return new Line(size, first, tail);
    }
}
