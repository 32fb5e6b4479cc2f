package dev.latchkey.agent;

import dev.latchkey.agent.answering.Answering;
import dev.latchkey.agent.answering.Toolbox;
import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.Destination;
import dev.latchkey.sealing.FakeVault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Ada, her credential and her tasks, as the other services would describe them. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    public static final Instant DEADLINE = NOW.plusSeconds(600);
    public static final UUID ADA = UUID.fromString("01900000-0000-7000-8000-00000000000a");
    public static final UUID BOB = UUID.fromString("01900000-0000-7000-8000-00000000000b");
    public static final UUID CREDENTIAL = UUID.fromString("01900000-0000-7000-8000-0000000000c1");
    public static final UUID PROMPT = UUID.fromString("01900000-0000-7000-8000-0000000000f1");
    public static final UUID TASK = UUID.fromString("01900000-0000-7000-8000-0000000000e1");
    public static final String KEY_TEXT = "sk-ada-0123456789-wxyz";
    public static final Destination OPENAI = new Destination("openai", null);
    public static final String MASKED = "sk-...wxyz";

    /** The agents that come with the system, and no tool at all. */
    public static final Answering.Team TEAM =
            new Answering.Team(Agents.shipped(), new Toolbox(List.of(), arguments -> Optional.empty()));

    private Samples() {}

    /** Revision 3 of Ada's credential, sealed with any {@link FakeVault}. */
    public static CredentialChanged.Builder credential() {
        return CredentialChanged.newBuilder()
                .setEventId(UUID.fromString("01900000-0000-7000-8000-0000000000d1"))
                .setCredentialId(CREDENTIAL)
                .setUserId(ADA)
                .setRevision(3)
                .setProvider("openai")
                .setModelName("gpt-4o-mini")
                .setSealedKey(sealed(KEY_TEXT, ADA))
                .setEncryptionKeyId(FakeVault.KEY_ID)
                .setMaskedKey(MASKED)
                .setIsActive(true)
                .setCreatedAt(NOW)
                .setChangedAt(NOW);
    }

    /** What a deletion leaves of it, at revision 4. */
    public static CredentialChanged deletedCredential() {
        return credential().setRevision(4).setIsActive(false).setSealedKey(null).build();
    }

    public static String sealed(String key, UUID user) {
        var owner = new dev.latchkey.sealing.KeyOwner(user, CREDENTIAL, OPENAI);
        return new FakeVault().seal(new ApiKey(key), owner).ciphertext();
    }

    /** Ada's first attempt at a prompt, with revision 3 of her credential. */
    public static AgentTask.Builder task() {
        return AgentTask.newBuilder()
                .setTaskId(TASK)
                .setPromptId(PROMPT)
                .setUserId(ADA)
                .setAgent("analyst")
                .setMessages(List.of(new Message(Role.USER, "How did I do?")))
                .setAttempt(1)
                .setKeyOwner(KeyOwner.USER)
                .setCredential(new CredentialVersion(CREDENTIAL, 3L))
                .setProvider("openai")
                .setModelName("gpt-4o-mini")
                .setDeadline(DEADLINE)
                .setRoutedAt(NOW);
    }

    /** What Ada, or who acts for her, says about her prompt. */
    public static RunControlled.Builder control(RunControl control) {
        return RunControlled.newBuilder()
                .setEventId(UUID.fromString("01900000-0000-7000-8000-0000000000d2"))
                .setUserId(ADA)
                .setPromptId(PROMPT)
                .setControl(control)
                .setRequestId("request-1")
                .setOccurredAt(NOW);
    }

    public static AgentTask.Builder systemTask() {
        return task().setKeyOwner(KeyOwner.SYSTEM).setCredential(null);
    }
}
