package dev.latchkey.router;

import dev.latchkey.agents.Agent;
import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.KeyPurpose;
import dev.latchkey.events.KeyUseResult;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The users, credentials and prompts that tests speak of. */
public final class Given {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    public static final UUID ANNA = id("anna");
    public static final UUID BEN = id("ben");

    private Given() {}

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** One agent, with room for three questions and a thousand tokens. */
    public static Agents agents() {
        var limits = new Agent.Limits(3, 1_000);
        return Agents.of(List.of(new Agent("analyst", "Be brief.", Set.of("price"), Set.of("price"), limits)));
    }

    /** Of the task of Anna's prompt that has this number. */
    public static UUID taskId(String prompt, int number) {
        return id(ANNA + "|" + id(prompt) + "|" + number);
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

    /** The model wants to use tools, and the run goes on. */
    public static AgentResult unfinished(AgentTask task, AnswerGiven answer, List<StepMade> steps) {
        return AgentResult.newBuilder(result(task, answer))
                .setUnfinished(true)
                .setSteps(steps)
                .build();
    }

    public static ToolCall call(String name) {
        return new ToolCall(name, "price", "{\"symbol\": \"" + name + "\"}", null);
    }

    /** A question that was answered with one call. */
    public static StepMade step(String call) {
        return new StepMade("", List.of(call(call)), List.of(new ToolResult(call, "It is 5.")));
    }

    public static RunControlled control(String prompt, RunControl what, @Nullable String callId) {
        return new RunControlled(id(prompt + what + callId), ANNA, id(prompt), what, callId, "request", NOW);
    }

    public static KeyUsed used(AgentTask task) {
        return KeyUsed.newBuilder()
                .setEventId(id("use"))
                .setUserId(task.getUserId())
                .setCredentialId(task.getCredential().getCredentialId())
                .setRevision(task.getCredential().getRevision())
                .setPurpose(KeyPurpose.ANSWER)
                .setRequestId(task.getTaskId().toString())
                .setPromptId(task.getPromptId())
                .setActor("agent-worker")
                .setResult(KeyUseResult.OPENED)
                .setOccurredAt(NOW)
                .build();
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
