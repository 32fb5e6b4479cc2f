package dev.latchkey.agent.kafka;

import java.util.List;

/** How a transaction ended. */
sealed interface Ending {
    record Committed() implements Ending {}

    /**
     * Nothing of it is to be seen.
     *
     * @param tooLarge what the broker will never take
     */
    record Aborted(List<Finished> tooLarge) implements Ending {}

    /** The broker was told to commit and has not answered. */
    record Unknown() implements Ending {}
}
