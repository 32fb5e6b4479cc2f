package dev.latchkey.api.outbox;

import java.util.List;

/** What became of publishing a batch. Everything else is an exception, and then nobody knows. */
sealed interface Publication {
    record Published() implements Publication {}

    /** Nothing was published: these rows have to go first. */
    record Obstructed(List<Reject> rejects) implements Publication {
        public Obstructed {
            rejects = List.copyOf(rejects);
        }
    }
}
