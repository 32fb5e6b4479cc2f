package dev.latchkey.agent.credentials;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.KeyPurpose;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a key is opened for.
 *
 * @param promptId null unless it is to answer one
 */
public record Purpose(
        KeyPurpose kind, String requestId, @Nullable UUID promptId) {
    static Purpose ofAnswering(AgentTask task) {
        return new Purpose(KeyPurpose.ANSWER, task.getTaskId().toString(), task.getPromptId());
    }

    public static Purpose ofChecking(String requestId) {
        return new Purpose(KeyPurpose.CHECK, requestId, null);
    }
}
