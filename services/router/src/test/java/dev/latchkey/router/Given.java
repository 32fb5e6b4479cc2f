package dev.latchkey.router;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The users, credentials and prompts that tests speak of. */
public final class Given {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    public static final UUID ANNA = id("anna");
    public static final UUID BEN = id("ben");

    private Given() {}

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Task ids as a test expects them: task-1, task-2 and so on. */
    public static Supplier<UUID> taskIds() {
        var count = new AtomicInteger();
        return () -> id("task-" + count.incrementAndGet());
    }

    public static CredentialChanged active(String name, long revision, long defaultRevision) {
        return CredentialChanged.newBuilder()
                .setEventId(id(name + revision))
                .setCredentialId(id(name))
                .setUserId(ANNA)
                .setRevision(revision)
                .setDefaultRevision(defaultRevision)
                .setProvider("openai")
                .setModelName("model-of-" + name)
                .setSealedKey("vault:v1:" + name)
                .setEncryptionKeyId("default")
                .setMaskedKey("sk-...wxyz")
                .setIsActive(true)
                .setCreatedAt(NOW)
                .setChangedAt(NOW.plusSeconds(revision))
                .build();
    }

    public static CredentialChanged deleted(String name, long revision, long defaultRevision) {
        return CredentialChanged.newBuilder(active(name, revision, defaultRevision))
                .setSealedKey(null)
                .setIsActive(false)
                .build();
    }

    public static DefaultModel modelOf(CredentialChanged credential) {
        return new DefaultModel(
                credential.getUserId(),
                credential.getCredentialId(),
                credential.getProvider(),
                credential.getModelName(),
                credential.getBaseUrl(),
                credential.getRevision(),
                credential.getChangedAt());
    }

    public static PromptSubmitted prompt(String name) {
        return PromptSubmitted.newBuilder()
                .setPromptId(id(name))
                .setUserId(ANNA)
                .setAgent("analyst")
                .setMessages(List.of(new Message(Role.USER, "How is " + name + "?")))
                .setModelChoice(new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of()))
                .setSubmittedAt(NOW)
                .build();
    }

    public static PromptSubmitted promptWith(String name, ModelChoice choice) {
        return PromptSubmitted.newBuilder(prompt(name)).setModelChoice(choice).build();
    }

    public static PromptSubmitted promptAfter(String name, String credential, long revision) {
        return PromptSubmitted.newBuilder(prompt(name))
                .setAfter(new CredentialVersion(id(credential), revision))
                .build();
    }

    public static PromptSubmitted promptUntil(String name, Instant deadline) {
        return PromptSubmitted.newBuilder(prompt(name)).setDeadline(deadline).build();
    }

    public static ModelChoice credential(String name) {
        return new ModelChoice(ModelChoiceKind.CREDENTIAL, id(name), List.of());
    }

    public static ModelChoice systemDefault() {
        return new ModelChoice(ModelChoiceKind.SYSTEM_DEFAULT, null, List.of());
    }

    public static AgentResult result(AgentTask task, Object outcome) {
        return AgentResult.newBuilder()
                .setTaskId(task.getTaskId())
                .setPromptId(task.getPromptId())
                .setUserId(task.getUserId())
                .setAttempt(task.getAttempt())
                .setOutcome(outcome)
                .setMaskedKey("sk-...wxyz")
                .setStartedAt(NOW)
                .setFinishedAt(NOW)
                .build();
    }
}
