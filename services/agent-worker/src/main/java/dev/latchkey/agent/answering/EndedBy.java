package dev.latchkey.agent.answering;

import dev.latchkey.events.AgentTask;
import java.util.UUID;

/** What ends a call that runs. */
sealed interface EndedBy {
    /** That the credential that pays for it is deleted. */
    record Deletion(UUID credentialId) implements EndedBy {}

    /** That its run is cancelled. Two users may have prompts of the same id. */
    record Cancellation(UUID userId, UUID promptId) implements EndedBy {
        static Cancellation of(AgentTask task) {
            return new Cancellation(task.getUserId(), task.getPromptId());
        }
    }
}
