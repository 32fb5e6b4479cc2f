package dev.latchkey.router.runs;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import java.time.Instant;

/** What follows an attempt. */
sealed interface NextStep {
    record Final(AgentRun run) implements NextStep {}

    /** The same step again; the task has what the attempt had already done. */
    record RetryAt(Instant at, AgentRun run, AgentTask task) implements NextStep {}

    /** The next question, at once. */
    record Ask(AgentRun run, AgentTask task) implements NextStep {}

    /** The next question, once the user has decided. */
    record AskLater(AgentRun run, AgentTask task) implements NextStep {}
}
