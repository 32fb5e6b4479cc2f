package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.KEY;
import static dev.latchkey.api.Samples.act;
import static dev.latchkey.api.Samples.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.RefusedKey;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialVersion;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RefusedKeysTest {
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());

    private final CredentialStore store = new CredentialStore(DATABASE, CLERK);
    private final Outbox outbox = new Outbox(DATABASE);
    private final Act act = act();
    private final UUID prompt = UUID.randomUUID();

    @BeforeEach
    void clear() {
        outbox.clear();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void areMarkedInTheRowTheEventAndTheHistory() {
        var id = register();
        store.makeDefault(act, id);

        store.mark(refused(id, 2));

        var marked = found(id);
        assertThat(marked.standing().isDefault()).isTrue();
        assertThat(marked.times().keyRefusedAt()).isEqualTo(marked.times().updatedAt());
        var event = outbox.credentials().getLast();
        assertThat(event.getRevision()).isEqualTo(3L);
        assertThat(event.getKeyRefusedAt()).isEqualTo(marked.times().keyRefusedAt());
        assertThat(event.getIsActive()).isTrue();
        var entry = outbox.history().getLast();
        assertThat(entry)
                .extracting(
                        CredentialAudited::getChange,
                        CredentialAudited::getResult,
                        CredentialAudited::getActor,
                        CredentialAudited::getRequestId,
                        CredentialAudited::getRevision)
                .containsExactly(
                        CredentialChange.VALIDATED, AuditResult.REFUSED, "agent-worker", prompt.toString(), 3L);
        assertThat(entry.getAfter().getKeyRefusedAt()).isEqualTo(marked.times().keyRefusedAt());
    }

    @Test
    void areMarkedOnceHoweverOftenTheyAreToldOf() {
        var id = register();
        store.mark(refused(id, 1));
        var marked = found(id);

        store.mark(refused(id, 1));

        assertThat(found(id)).isEqualTo(marked);
        assertThat(outbox.credentials()).hasSize(2);
        assertThat(outbox.history()).hasSize(2);
    }

    @Test
    void areNotMarkedWhenTheirOwnerHasSetAnotherDeletedThemOrIsSomebodyElse() {
        var replaced = register();
        store.rotate(act, replaced, (before, revision) -> before.rotated(KEY, revision));
        var deleted = register();
        store.delete(act, deleted);
        var others = register();
        outbox.clear();

        store.mark(refused(replaced, 1));
        store.mark(refused(deleted, 3));
        store.mark(new RefusedKey(UUID.randomUUID(), others, prompt, 5, CLERK.now()));

        assertThat(outbox.history()).isEmpty();
        assertThat(outbox.credentials()).isEmpty();
        assertThat(found(replaced).isRefused()).isFalse();
        assertThat(found(others).isRefused()).isFalse();
    }

    @Test
    void areNotMarkedAgainByARunFromBeforeTheProviderAcceptedThem() {
        var id = register();
        var refused = refused(id, 1);
        store.mark(refused);
        store.validated(act, new CredentialVersion(id, 2L), Epilogue.none());

        store.mark(refused);

        assertThat(found(id).isRefused()).isFalse();
        assertThat(outbox.credentials())
                .extracting(event -> event.getKeyRefusedAt() != null)
                .containsExactly(false, true, false);
    }

    @Test
    void areMarkedByAValidationToo() {
        var id = register();

        store.refused(act, new CredentialVersion(id, 1L), Epilogue.none());
        store.refused(act, new CredentialVersion(id, 2L), Epilogue.none());

        assertThat(found(id).isRefused()).isTrue();
        assertThat(outbox.credentials()).hasSize(2);
        assertThat(outbox.history())
                .extracting(CredentialAudited::getChange, CredentialAudited::getResult, CredentialAudited::getRevision)
                .containsExactly(
                        tuple(CredentialChange.REGISTERED, AuditResult.SUCCEEDED, 1L),
                        tuple(CredentialChange.VALIDATED, AuditResult.REFUSED, 2L),
                        tuple(CredentialChange.VALIDATED, AuditResult.REFUSED, 2L));
    }

    private RefusedKey refused(UUID id, long revision) {
        return new RefusedKey(act.userId(), id, prompt, revision, CLERK.now());
    }

    private Credential found(UUID id) {
        return store.findActive(act.userId(), id).orElseThrow();
    }

    private UUID register() {
        var registration = registration("model-" + UUID.randomUUID());
        store.register(act, registration, Epilogue.none());
        return registration.id();
    }
}
