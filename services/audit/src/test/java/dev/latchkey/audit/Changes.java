package dev.latchkey.audit;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.HeldCredential;
import dev.latchkey.audit.history.Place;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialState;
import java.time.Instant;
import java.util.UUID;

/** Changes for tests. The n-th change of a user is committed n seconds after {@link #BEGIN}. */
public final class Changes {
    public static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00.000001Z");
    public static final UUID ADA = user(1);
    public static final UUID BEN = user(2);
    public static final UUID FIRST = credential(1);
    public static final UUID SECOND = credential(2);

    private Changes() {}

    public static UUID user(long number) {
        return new UUID(0x018f3a0000007000L, 0x8000000000000000L + number);
    }

    public static UUID credential(long number) {
        return new UUID(0x018f3a0000007001L, 0x8000000000000000L + number);
    }

    public static CredentialAudited registered(UUID user, long sequence, UUID credential) {
        return change(user, sequence, CredentialChange.REGISTERED, credential, state(0, true));
    }

    public static CredentialAudited madeDefault(UUID user, long sequence, UUID credential) {
        return change(user, sequence, CredentialChange.MADE_DEFAULT, credential, state(sequence, true));
    }

    public static CredentialAudited deleted(UUID user, long sequence, UUID credential, long defaultRevision) {
        return change(user, sequence, CredentialChange.DELETED, credential, state(defaultRevision, false));
    }

    public static CredentialAudited refusedTrial(UUID user, long sequence) {
        return filled(user, sequence)
                .setChange(CredentialChange.VALIDATED)
                .setResult(AuditResult.REFUSED)
                .build();
    }

    public static CredentialAudited change(
            UUID user, long sequence, CredentialChange change, UUID credential, CredentialState after) {
        return filled(user, sequence)
                .setChange(change)
                .setCredentialId(credential)
                .setAfter(after)
                .build();
    }

    public static CredentialState state(long defaultRevision, boolean isActive) {
        return CredentialState.newBuilder()
                .setProvider("openai")
                .setModelName("gpt-4o-mini")
                .setMaskedKey("sk-...wxyz")
                .setKeyFingerprint(isActive ? "vault:v1:finger" : null)
                .setIsDefault(defaultRevision > 0 && isActive)
                .setIsActive(isActive)
                .setDefaultRevision(defaultRevision)
                .setCreatedAt(BEGIN)
                .build();
    }

    public static Instant at(long sequence) {
        return BEGIN.plusSeconds(sequence);
    }

    /** The event where it belongs: under its user's key. */
    public static Entry entry(long offset, CredentialAudited event) {
        return new Entry.Change(new Place(0, offset), event.getUserId().toString(), event);
    }

    public static HeldCredential held(UUID credential, long sequence, CredentialState state) {
        return new HeldCredential(credential, sequence, state);
    }

    /** A change of which the test says the rest. */
    public static CredentialAudited.Builder filled(UUID user, long sequence) {
        return CredentialAudited.newBuilder()
                .setEventId(new UUID(user.getLeastSignificantBits(), sequence))
                .setUserId(user)
                .setSequence(sequence)
                .setActor(user.toString())
                .setRequestId("request-" + sequence)
                .setResult(AuditResult.SUCCEEDED)
                .setRevision(sequence)
                .setOccurredAt(at(sequence));
    }
}
