package dev.latchkey.router.runs;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.PromptSubmitted;
import java.time.Instant;

/** Where the run of a prompt stands. Every state knows when it is looked at again, come what may. */
public sealed interface Run {
    /** What the user sees. */
    AgentRun progress();

    Instant dueAt();

    default RunId id() {
        return RunId.of(progress());
    }

    /** Not routed yet: a credential change is on its way. Due at the deadline. */
    record Waiting(AgentRun progress, Instant dueAt, PromptSubmitted prompt) implements Run {}

    /** An attempt is with the workers. Due when its result would no longer count. */
    record Released(AgentRun progress, Instant dueAt, AgentTask task) implements Run {}

    /** The attempt of the task failed; the next one is due. */
    record Pausing(AgentRun progress, Instant dueAt, AgentTask task) implements Run {}

    /** Final. Due to be forgotten. */
    record Ended(AgentRun progress, Instant dueAt) implements Run {}
}
