package dev.latchkey.audit.history;

import java.util.function.Consumer;

/** The whole credential history up to one moment. */
@FunctionalInterface
public interface History {
    /**
     * Hands over every record once, those of one user in the order in which they were written. Keeps none of them.
     *
     * @throws HistoryUnavailable when it can not be read to its end
     */
    void tell(Consumer<Entry> listener);
}
