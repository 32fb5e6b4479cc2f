package dev.latchkey.agent.answering;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.KeyOwner;
import java.util.Optional;

/** What a task must keep to be worked on. */
public final class TaskRule {
    private TaskRule() {}

    /** The broken rule in one sentence, without the content. */
    public static Optional<String> brokenBy(String key, AgentTask task) {
        if (!key.equals(task.getUserId().toString())) {
            return Optional.of("the record key is not the userId");
        }
        if (task.getAttempt() < 1) {
            return Optional.of("attempts count from 1");
        }
        if (task.getStep() < 1) {
            return Optional.of("steps count from 1");
        }
        if (task.getMessages().isEmpty() == (task.getSealedMessages() == null)) {
            return Optional.of("a task has at least one message, or sealed ones");
        }
        if (task.getSealedMessages() == null
                ? task.getSealedSteps() != null
                : !task.getSteps().isEmpty()) {
            return Optional.of("the steps of a task are sealed exactly when its messages are");
        }
        if ((task.getKeyOwner() == KeyOwner.USER) == (task.getCredential() == null)) {
            return Optional.of("a task names a credential exactly when the user's key pays");
        }
        if (task.getKeyOwner() == KeyOwner.SYSTEM && task.getBaseUrl() != null) {
            return Optional.of("the system's key goes to no address of a task");
        }
        return Optional.empty();
    }
}
