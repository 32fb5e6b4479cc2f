package dev.latchkey.api;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.Receipt;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs as the router tells of them. */
public final class Runs {
    private Runs() {}

    /** One that ended because the provider refused the user's key. */
    public static AgentRun.Builder refused(UUID userId, UUID credentialId, long revision, Instant at) {
        return AgentRun.newBuilder()
                .setPromptId(UUID.randomUUID())
                .setUserId(userId)
                .setAgent("analyst")
                .setStatus(RunStatus.FAILED)
                .setReason(RunReason.KEY_REFUSED)
                .setMessage("openai does not accept the key")
                .setReceipt(receipt(credentialId, revision, "sk-...wxyz"))
                .setSubmittedAt(at)
                .setUpdatedAt(at);
    }

    public static Receipt receipt(@Nullable UUID credentialId, @Nullable Long revision, @Nullable String maskedKey) {
        return Receipt.newBuilder()
                .setKeyOwner(credentialId == null ? KeyOwner.SYSTEM : KeyOwner.USER)
                .setCredentialId(credentialId)
                .setMaskedKey(maskedKey)
                .setProvider("openai")
                .setModelName("gpt-4o-mini")
                .setAttempts(1)
                .setCredentialRevision(revision)
                .build();
    }
}
