package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.router.defaults.UserCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes the tasks of a prompt, one an attempt at a step. They are numbered, and their ids follow from that. */
final class Tasks {
    private Tasks() {}

    static AgentTask first(PromptSubmitted prompt, ChosenModel model, Instant deadline, Instant now) {
        var task = AgentTask.newBuilder()
                .setTaskId(idOf(RunId.of(prompt), 1))
                .setNumber(1)
                .setSubmittedAt(prompt.getSubmittedAt())
                .setPromptId(prompt.getPromptId())
                .setUserId(prompt.getUserId())
                .setAgent(prompt.getAgent())
                .setMessages(prompt.getMessages())
                .setSealedMessages(prompt.getSealedMessages())
                .setAttempt(1)
                .setDeadline(deadline)
                .setRoutedAt(now);
        return switch (model) {
            case ChosenModel.OfUser(var credential) ->
                paidByUser(task.setFallbacks(after(credential, prompt.getModelChoice())), credential);
            case ChosenModel.OfSystem(var system) -> paidBySystem(task, system);
        };
    }

    static AgentTask again(AgentTask task) {
        return next(task).setAttempt(task.getAttempt() + 1).build();
    }

    static AgentTask nextStep(AgentTask task) {
        return next(task)
                .setStep(task.getStep() + 1)
                .setAttempt(1)
                .setDecisions(List.of())
                .build();
    }

    /** The task with the steps that a result names. A result that knows less than its task takes nothing away. */
    static AgentTask withSteps(AgentTask task, AgentResult result) {
        boolean knowsMore = result.getSteps().size() >= task.getSteps().size();
        return AgentTask.newBuilder(task)
                .setSteps(knowsMore ? result.getSteps() : task.getSteps())
                .setSealedSteps(Optional.ofNullable(result.getSealedSteps()).orElse(task.getSealedSteps()))
                .build();
    }

    /** The task as it leaves: with its credential as it is now. */
    static AgentTask leaving(AgentTask task, UserCredentials credentials, Instant now) {
        var credential = Optional.ofNullable(task.getCredential())
                .map(version -> credentials.newestOf(version))
                .orElse(null);
        return AgentTask.newBuilder(task)
                .setCredential(credential)
                .setRoutedAt(now)
                .build();
    }

    /** Enough to know whose it was and what it asked. */
    static AgentTask withoutContent(AgentTask task) {
        return AgentTask.newBuilder(task)
                .setMessages(List.of())
                .setSealedMessages(null)
                .setSteps(List.of())
                .setSealedSteps(null)
                .setDecisions(List.of())
                .build();
    }

    private static AgentTask.Builder next(AgentTask task) {
        int number = task.getNumber() + 1;
        return AgentTask.newBuilder(task)
                .setTaskId(idOf(RunId.of(task), number))
                .setNumber(number);
    }

    /** The same whoever makes the task, and how often. */
    private static UUID idOf(RunId run, int number) {
        return UUID.nameUUIDFromBytes((run + "|" + number).getBytes(StandardCharsets.UTF_8));
    }

    /** What is left of the user's choice after that credential. */
    private static List<UUID> after(CredentialChanged credential, ModelChoice choice) {
        var fallbacks = choice.getFallbacks();
        return fallbacks.subList(fallbacks.indexOf(credential.getCredentialId()) + 1, fallbacks.size());
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
