package dev.latchkey.agent.answering;

import dev.latchkey.events.AgentTask;
import java.util.function.Consumer;

/** Who hears what models say while they say it. */
@FunctionalInterface
public interface Hearers {
    /** Hears the pieces of the answer to a task, in their order, and never throws. */
    Consumer<String> of(AgentTask task);

    static Hearers nobody() {
        return task -> piece -> {};
    }
}
