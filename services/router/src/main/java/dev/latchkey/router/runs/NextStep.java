package dev.latchkey.router.runs;

import dev.latchkey.events.AgentRun;
import java.time.Instant;

/** What follows an attempt. */
sealed interface NextStep {
    record Final(AgentRun run) implements NextStep {}

    record RetryAt(Instant at, AgentRun run) implements NextStep {}
}
