package dev.latchkey.agent.credentials;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.KeyUseResult;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/** Opens the keys of active credentials. Nobody gets one whose opening is not on record, nor the system's key unrecorded. */
public final class KeyOpener {
    private static final String ACTOR = "agent-worker";

    private final Unsealer unsealer;
    private final UseLog log;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public KeyOpener(Unsealer unsealer, UseLog log, Supplier<UUID> ids, InstantSource clock) {
        this.unsealer = unsealer;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    /** Throws {@link dev.latchkey.sealing.VaultUnavailable} when Vault can not say; then nothing was opened. */
    public Unsealed open(CredentialChanged active, Purpose purpose) throws InterruptedException {
        var sealed = Binding.sealedKey(active).orElseThrow();
        var unsealed = unsealer.unseal(sealed, Binding.of(active));
        boolean isOnRecord = false;
        try {
            log.put(use(active, purpose, result(unsealed)));
            isOnRecord = true;
            return unsealed;
        } finally {
            if (!isOnRecord && unsealed instanceof Unsealed.Opened(var key)) {
                key.wipe();
            }
        }
    }

    /** Returns once it is on record that the system's key is taken for a prompt of the user. */
    void recordSystemKey(UUID userId, Purpose purpose) throws InterruptedException {
        log.put(use(userId, purpose).setResult(KeyUseResult.OPENED).build());
    }

    private KeyUsed use(CredentialChanged credential, Purpose purpose, KeyUseResult result) {
        return use(credential.getUserId(), purpose)
                .setCredentialId(credential.getCredentialId())
                .setRevision(credential.getRevision())
                .setResult(result)
                .build();
    }

    /** Of no credential yet. */
    private KeyUsed.Builder use(UUID userId, Purpose purpose) {
        return KeyUsed.newBuilder()
                .setEventId(ids.get())
                .setUserId(userId)
                .setRevision(0)
                .setPurpose(purpose.kind())
                .setRequestId(purpose.requestId())
                .setPromptId(purpose.promptId())
                .setActor(ACTOR)
                .setOccurredAt(clock.instant());
    }

    private static KeyUseResult result(Unsealed unsealed) {
        return switch (unsealed) {
            case Unsealed.Opened _ -> KeyUseResult.OPENED;
            case Unsealed.Refused _ -> KeyUseResult.REFUSED;
        };
    }
}
