package dev.latchkey.audit.history;

/** Where a record lies on the history topic. */
public record Place(int partition, long offset) {
    public Place {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "partition and offset are not negative, unlike " + partition + " and " + offset);
        }
    }
}
