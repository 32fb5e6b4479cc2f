package dev.latchkey.router.runs;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.PromptSubmitted;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the tasks of a prompt, one an attempt. */
final class Tasks {
    private final Supplier<UUID> ids;

    Tasks(Supplier<UUID> ids) {
        this.ids = ids;
    }

    AgentTask first(PromptSubmitted prompt, ChosenModel model, Instant deadline, Instant now) {
        var task = AgentTask.newBuilder()
                .setTaskId(ids.get())
                .setPromptId(prompt.getPromptId())
                .setUserId(prompt.getUserId())
                .setAgent(prompt.getAgent())
                .setMessages(prompt.getMessages())
                .setSealedMessages(prompt.getSealedMessages())
                .setAttempt(1)
                .setDeadline(deadline)
                .setRoutedAt(now);
        return switch (model) {
            case ChosenModel.OfUser(var credential) -> paidByUser(task, credential);
            case ChosenModel.OfSystem(var system) -> paidBySystem(task, system);
        };
    }

    AgentTask next(AgentTask task, Instant now) {
        return AgentTask.newBuilder(task)
                .setTaskId(ids.get())
                .setAttempt(task.getAttempt() + 1)
                .setRoutedAt(now)
                .build();
    }

    private static AgentTask paidByUser(AgentTask.Builder task, CredentialChanged credential) {
        return task.setKeyOwner(KeyOwner.USER)
                .setCredential(new CredentialVersion(credential.getCredentialId(), credential.getRevision()))
                .setProvider(credential.getProvider())
                .setModelName(credential.getModelName())
                .setBaseUrl(credential.getBaseUrl())
                .build();
    }

    private static AgentTask paidBySystem(AgentTask.Builder task, SystemModel system) {
        return task.setKeyOwner(KeyOwner.SYSTEM)
                .setProvider(system.provider())
                .setModelName(system.modelName())
                .build();
    }
}
