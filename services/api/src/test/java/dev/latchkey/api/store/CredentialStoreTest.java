package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.KEY;
import static dev.latchkey.api.Samples.act;
import static dev.latchkey.api.Samples.model;
import static dev.latchkey.api.Samples.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.credentials.Registration;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.schemas.history.AuditChain;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CredentialStoreTest {
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());

    private final CredentialStore store = new CredentialStore(DATABASE, CLERK);
    private final Outbox outbox = new Outbox(DATABASE);
    private final Act act = act();

    @BeforeEach
    void clear() {
        outbox.clear();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void keepsWhatItStored() {
        var credential = registered("gpt-4o-mini");

        assertThat(active()).containsExactly(credential);
        assertThat(store.findActive(act.userId(), credential.id())).hasValue(credential);
    }

    @Test
    void leavesTheStateAndTheHistoryOfEachChangeInTheOutbox() {
        var id = registered("gpt-4o-mini").id();
        store.makeDefault(act, id);
        store.validated(act, new CredentialVersion(id, 2L), Epilogue.none());
        store.rotate(act, id, (before, revision) -> before.rotated(KEY, revision));
        store.delete(act, id);

        assertThat(outbox.credentials())
                .extracting(
                        CredentialChanged::getRevision,
                        CredentialChanged::getDefaultRevision,
                        CredentialChanged::getIsActive,
                        CredentialChanged::getSealedKey)
                .containsExactly(
                        tuple(1L, 0L, true, KEY.ciphertext()),
                        tuple(2L, 2L, true, KEY.ciphertext()),
                        tuple(3L, 2L, true, KEY.ciphertext()),
                        tuple(4L, 2L, true, KEY.ciphertext()),
                        tuple(5L, 2L, false, null));
        assertThat(outbox.history())
                .extracting(CredentialAudited::getChange)
                .containsExactly(
                        CredentialChange.REGISTERED,
                        CredentialChange.MADE_DEFAULT,
                        CredentialChange.VALIDATED,
                        CredentialChange.ROTATED,
                        CredentialChange.DELETED);
        assertThat(outbox.history()).extracting(CredentialAudited::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void chainsEveryEntryOfAUserToTheOneBefore() {
        var id = registered("gpt-4o-mini").id();
        store.read(act);
        store.rotate(act, id, (before, revision) -> before.rotated(KEY, revision));
        store.delete(act, id);

        String end = null;
        for (var entry : outbox.history()) {
            assertThat(entry).isEqualTo(AuditChain.append(entry, end));
            end = entry.getHash();
        }
        assertThat(outbox.history()).hasSize(4);
        assertThat(rows("SELECT audit_hash FROM users WHERE id = '" + act.userId() + "'"))
                .containsExactly("(" + end + ")");
    }

    @Test
    void notesAValidationOfAKeyThatWasSealedAnewMeanwhile() {
        var id = registered("gpt-4o-mini").id();
        store.rotate(
                act, id, (before, revision) -> before.rewrapped("vault:v2:YW5ldw==", "vault:v1:aG1hYzI=", revision));

        store.validated(act, new CredentialVersion(id, 1L), Epilogue.none());

        assertThat(active())
                .extracting(credential -> credential.standing().revision())
                .containsExactly(3L);
        assertThat(active())
                .extracting(credential -> credential.times().lastValidatedAt())
                .containsExactly(active().getFirst().times().updatedAt());
        assertThat(outbox.credentials()).hasSize(3);
    }

    @Test
    void notesNoValidationOfAKeyThatWasReplacedMeanwhile() {
        var id = registered("gpt-4o-mini").id();
        store.rotate(act, id, (before, revision) -> before.rotated(KEY, revision));
        var replaced = active();

        var written = store.validated(act, new CredentialVersion(id, 1L), Epilogue.none());

        assertThat(written).isEqualTo(new Written.Stored(replaced.getFirst()));
        assertThat(active()).isEqualTo(replaced);
        assertThat(outbox.credentials()).hasSize(2);
        assertThat(outbox.history())
                .extracting(CredentialAudited::getChange, CredentialAudited::getResult, CredentialAudited::getRevision)
                .endsWith(tuple(CredentialChange.VALIDATED, AuditResult.SUCCEEDED, 2L));
    }

    @Test
    void wipesTheKeyOfADeletedCredentialAndLeavesItsUserWithoutDefault() {
        registered("gpt-4o-mini");
        var id = registered("gpt-5").id();
        store.makeDefault(act, id);

        var deleted = store.delete(act, id);

        assertThat(deleted).isInstanceOf(Written.Stored.class);
        assertThat(rows("SELECT encrypted_api_key, key_fingerprint, is_default, is_active FROM user_llm_credentials"
                        + " WHERE id = '" + id + "'"))
                .containsExactly("(,,f,f)");
        assertThat(active()).noneMatch(credential -> credential.standing().isDefault());
        assertThat(store.delete(act, id)).isEqualTo(new Written.Unknown());
    }

    @Test
    void wipesTheKeyOutOfWhatKafkaCouldNotTake() {
        var kept = CLERK.nextId();
        var deleted = registration("gpt-4o-mini");
        store.register(act, deleted, Epilogue.none());
        store.register(act, new Registration(kept, model("gpt-5"), KEY, false), Epilogue.none());
        Rejected.everything(DATABASE);
        assertThat(Rejected.topicsWith(DATABASE, "vault:v1:c2VhbGVk")).containsExactly("credentials", "credentials");

        store.delete(act, deleted.id());

        assertThat(Rejected.topicsWith(DATABASE, "vault:v1:c2VhbGVk")).containsExactly("credentials");
    }

    @Test
    void movesTheDefaultWithOneEvent() {
        var first = registered("gpt-4o-mini").id();
        var second = registered("gpt-5").id();
        store.makeDefault(act, first);
        outbox.clear();

        store.makeDefault(act, second);

        assertThat(defaults()).containsExactly(second);
        assertThat(outbox.credentials())
                .extracting(CredentialChanged::getCredentialId)
                .containsExactly(second);
    }

    @Test
    void refusesASecondActiveCredentialForTheSameModelOnly() {
        var id = registered("gpt-4o-mini").id();

        assertThat(store.register(act, registration("gpt-4o-mini"), Epilogue.none()))
                .isEqualTo(new Written.Duplicate());
        assertThat(store.rotate(
                        act, registered("gpt-5").id(), (before, revision) -> before.renamed("gpt-4o-mini", revision)))
                .isEqualTo(new Written.Duplicate());

        store.delete(act, id);
        assertThat(store.register(act, registration("gpt-4o-mini"), Epilogue.none()))
                .isInstanceOf(Written.Stored.class);
    }

    @Test
    void knowsNobodysCredentialButTheUsers() {
        var id = registered("gpt-4o-mini").id();
        outbox.clear();
        var stranger = act();

        assertThat(store.makeDefault(stranger, id)).isEqualTo(new Written.Unknown());
        assertThat(store.delete(stranger, id)).isEqualTo(new Written.Unknown());
        assertThat(store.findActive(stranger.userId(), id)).isEmpty();
        assertThat(store.makeDefault(act, UUID.randomUUID())).isEqualTo(new Written.Unknown());
        assertThat(outbox.history()).isEmpty();
    }

    @Test
    void recordsThatTheListWasRead() {
        var credential = registered("gpt-4o-mini");

        assertThat(store.read(act)).containsExactly(credential);

        assertThat(outbox.history().getLast())
                .returns(CredentialChange.READ, CredentialAudited::getChange)
                .returns(AuditResult.SUCCEEDED, CredentialAudited::getResult)
                .returns(act.requestId(), CredentialAudited::getRequestId)
                .returns(2L, CredentialAudited::getSequence)
                .returns(1L, CredentialAudited::getRevision)
                .returns(null, CredentialAudited::getCredentialId)
                .returns(null, CredentialAudited::getAfter);
        assertThat(outbox.credentials()).hasSize(1);
    }

    @Test
    void recordsTheIdThatAUserNamedAndDoesNotHave() {
        var foreign = UUID.randomUUID();

        store.recordTrial(new Deed(act, CredentialChange.DELETED, AuditResult.REFUSED), foreign, Epilogue.none());

        assertThat(outbox.history().getLast())
                .returns(foreign, CredentialAudited::getCredentialId)
                .returns(null, CredentialAudited::getAfter);
    }

    @Test
    void recordsTrialsInTheSameHistory() {
        var credential = registered("gpt-4o-mini");

        store.recordTrial(new Deed(act, CredentialChange.VALIDATED, AuditResult.REFUSED), null, Epilogue.none());
        store.recordTrial(
                new Deed(act, CredentialChange.VALIDATED, AuditResult.REFUSED), credential.id(), Epilogue.none());

        assertThat(outbox.history())
                .extracting(
                        CredentialAudited::getSequence,
                        CredentialAudited::getRevision,
                        CredentialAudited::getCredentialId,
                        CredentialAudited::getResult)
                .containsExactly(
                        tuple(1L, 1L, credential.id(), AuditResult.SUCCEEDED),
                        tuple(2L, 1L, null, AuditResult.REFUSED),
                        tuple(3L, 1L, credential.id(), AuditResult.REFUSED));
        assertThat(outbox.credentials()).hasSize(1);
    }

    @Test
    void keepsExactlyOneDefaultAndGaplessNumbersUnderConcurrentChanges() throws Exception {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 4; i++) {
            ids.add(registered("model-" + i).id());
        }

        inParallel(64, i -> store.makeDefault(act, ids.get(i % ids.size())));

        assertThat(defaults()).hasSize(1);
        var numbers = LongStream.rangeClosed(1, 68).boxed().toList();
        assertThat(outbox.history()).extracting(CredentialAudited::getSequence).isEqualTo(numbers);
        assertThat(outbox.credentials())
                .extracting(CredentialChanged::getRevision)
                .isEqualTo(numbers);
        assertThat(defaults()).containsExactly(outbox.credentials().getLast().getCredentialId());
    }

    @Test
    void numbersAUsersChangesInTheOrderOfTheirCommits() throws Exception {
        var id = registered("gpt-4o-mini").id();
        outbox.clear();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var late = DATABASE.inTransaction(sql -> {
                var turn = Turn.take(sql, act.userId(), new Turns(CLERK));
                var overtaking = threads.submit(() -> store.makeDefault(act, id));
                await().until(() -> waitingSessions() > 0);
                turn.tried(new Deed(act, CredentialChange.VALIDATED, AuditResult.REFUSED), null, null);
                return overtaking;
            });
            late.get();
        }

        assertThat(outbox.history())
                .extracting(CredentialAudited::getChange, CredentialAudited::getSequence)
                .containsExactly(tuple(CredentialChange.VALIDATED, 2L), tuple(CredentialChange.MADE_DEFAULT, 3L));
    }

    @Test
    void storesOneOfManyConcurrentRegistrationsForAModel() throws Exception {
        var results = inParallel(16, i -> store.register(act, registration("gpt-4o-mini"), Epilogue.none()));

        assertThat(results).filteredOn(Written.Stored.class::isInstance).hasSize(1);
        assertThat(active()).hasSize(1);
    }

    @Test
    void rollsTheRowBackWithItsEvents() {
        var tooLong = new Registration(
                UUID.randomUUID(),
                model("m"),
                new dev.latchkey.api.credentials.StoredKey("c", "k".repeat(51), "...", "f"),
                false);

        assertThatThrownBy(() -> store.register(act, tooLong, Epilogue.none()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(active()).isEmpty();
        assertThat(outbox.history()).isEmpty();
        assertThat(rows("SELECT 1 FROM users WHERE id = '" + act.userId() + "'"))
                .isEmpty();
    }

    @Test
    void canNotHoldTwoActiveDefaultsOfOneUserEvenWhenToldSo() {
        registered("gpt-4o-mini");
        registered("gpt-5");

        assertThatThrownBy(() -> DATABASE.inTransaction(sql -> sql.update(
                        "UPDATE user_llm_credentials SET is_default = true WHERE user_id = ?", act.userId())))
                .hasRootCauseMessage("SQL state 23505 by user_llm_credentials_one_active_default");
    }

    private Credential registered(String modelName) {
        return switch (store.register(act, registration(modelName), Epilogue.none())) {
            case Written.Stored(var credential) -> credential;
            case Written.Duplicate(), Written.Outdated(), Written.Unknown() -> throw new AssertionError(modelName);
        };
    }

    private List<Credential> active() {
        return DATABASE.inTransaction(sql -> new CredentialTable(sql).active(act.userId()));
    }

    private List<UUID> defaults() {
        return active().stream()
                .filter(credential -> credential.standing().isDefault())
                .map(Credential::id)
                .toList();
    }

    /** Sessions that wait for a lock. */
    private static int waitingSessions() {
        return Postgres.count(
                DATABASE, "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }

    private static List<String> rows(String query) {
        return Postgres.rows(DATABASE, query);
    }

    private interface Step<T> {
        T run(int i);
    }

    private static <T> List<T> inParallel(int times, Step<T> step) throws InterruptedException, ExecutionException {
        var results = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<T>>();
            for (int i = 0; i < times; i++) {
                int number = i;
                futures.add(threads.submit(() -> step.run(number)));
            }
            for (var future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }
}
