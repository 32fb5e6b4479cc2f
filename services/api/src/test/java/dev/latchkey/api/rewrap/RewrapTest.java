package dev.latchkey.api.rewrap;

import static dev.latchkey.api.Samples.act;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.rewrap.Doom.Moment;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Unsealed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rewraps of a real table, under a real lock, onto a real topic. */
final class RewrapTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    @BeforeAll
    static void start() {
        system = new RunningSystem(directory);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @AfterEach
    void startWhatATestStopped() {
        system.startRelayAgain();
    }

    @Test
    void sealsEverythingAnewAndRetiresWhatIsOld() {
        var anna = act();
        var credentials = system.register(anna, 3);
        system.register(act(), 2);
        var gone = system.register(anna);
        system.store().delete(anna, gone.id());
        long toDo = system.active().size();
        system.masterKey().rotate();
        var before = system.masterKey().versions();

        var outcome = system.rewrap();

        assertThat(outcome).isEqualTo(new Outcome.Completed(toDo, before));
        system.assertNothingIsOld();
        assertThat(credentials).allSatisfy(old -> assertThat(system.open(old)).isInstanceOf(Unsealed.Refused.class));
        assertThat(system.active()).doesNotContain(gone.id());
    }

    @Test
    void leavesAnEntryInTheHistoryForEach() {
        var anna = act();
        var credential = system.register(anna);
        system.masterKey().rotate();

        system.rewrap();

        var rewrapped = system.historyOf(anna).getLast();
        assertThat(List.of(rewrapped))
                .extracting(
                        CredentialAudited::getChange,
                        CredentialAudited::getActor,
                        CredentialAudited::getRequestId,
                        CredentialAudited::getSequence,
                        CredentialAudited::getRevision)
                .containsExactly(tuple(CredentialChange.REWRAPPED, "rotator", "run-1", 2L, 2L));
        var left = system.store().findActive(anna.userId(), credential.id()).orElseThrow();
        assertThat(rewrapped.getAfter().getKeyFingerprint())
                .isEqualTo(left.key().fingerprint());
        assertThat(left.key().masked()).isEqualTo(credential.key().masked());
        assertThat(left.standing().isDefault()).isEqualTo(credential.standing().isDefault());
        assertThat(left.standing().defaultRevision())
                .isEqualTo(credential.standing().defaultRevision());
    }

    @Test
    void doesNothingWhenThereIsNothingToDo() {
        system.rewrap();
        var before = system.table();

        var outcome = system.rewrap();

        assertThat(outcome)
                .isEqualTo(new Outcome.Completed(0, system.masterKey().versions()));
        assertThat(system.table()).isEqualTo(before);
    }

    /** Every call of the master key, the table or the events is a place to die: before it, and when it is done. */
    @ParameterizedTest
    @EnumSource
    void completesWhenItIsStartedAgainWhereverItDied(Moment moment) {
        var deaths = new ArrayList<String>();
        var died = true;
        for (int step = 1; died; step++) {
            system.register(act());
            system.register(act(), 2);
            system.masterKey().rotate();
            var doom = new Doom(step, moment);

            died = diesOf(doom);
            var outcome = system.rewrap();

            deaths.add(moment + " " + doom.taken().getLast());
            assertThat(outcome).as(deaths.getLast()).isInstanceOf(Outcome.Completed.class);
            assertThat(system.masterKey().versions().oldest())
                    .isEqualTo(system.masterKey().versions().newest());
            deleteAll();
        }

        system.awaitEmptyOutbox();
        system.assertNothingIsOld();
        assertThat(new HashSet<>(deaths))
                .isEqualTo(Set.of(
                        moment + " versions",
                        moment + " countBelow",
                        moment + " below",
                        moment + " rewrap",
                        moment + " replace",
                        moment + " acceptNoneBelow",
                        moment + " newest",
                        moment + " awaitPublished",
                        moment + " knownBelow",
                        moment + " countElsewhere",
                        moment + " refuseBelow"));
    }

    @Test
    void retiresNothingWhileAKeyDoesNotOpen() {
        var anna = act();
        var spoilt = system.register(anna);
        var sound = system.register(anna);
        system.database()
                .inTransaction(sql -> sql.update(
                        "UPDATE user_llm_credentials SET encrypted_api_key = ? WHERE id = ?",
                        sound.key().ciphertext(),
                        spoilt.id()));
        system.masterKey().rotate();
        var versions = system.masterKey().versions();

        var outcome = system.rewrap();

        assertThat(outcome).isEqualTo(new Outcome.Unopenable(outcome.rewrapped(), List.of(spoilt.id())));
        assertThat(outcome.rewrapped()).isPositive();
        assertThat(system.masterKey().versions()).isEqualTo(versions);
        system.store().delete(anna, spoilt.id());
        assertThat(system.rewrap()).isInstanceOf(Outcome.Completed.class);
        system.assertNothingIsOld();
    }

    @Test
    void retiresNothingWhileNothingIsPublished() {
        system.register(act(), 3);
        system.masterKey().rotate();
        var versions = system.masterKey().versions();

        system.stopRelay();
        var outcome = new Rewrap(
                        system.masterKey(), system.credentials(), system.announcements(Duration.ofMillis(500)), run())
                .complete();

        assertThat(outcome).isInstanceOf(Outcome.Unpublished.class);
        assertThat(system.masterKey().versions()).isEqualTo(versions);
        system.startRelayAgain();
        assertThat(system.rewrap()).isInstanceOf(Outcome.Completed.class);
        system.assertNothingIsOld();
    }

    @Test
    void retiresNothingWhileTheTopicIsBehindTheTable() {
        deleteAll();
        system.register(act());
        system.awaitEmptyOutbox();
        system.masterKey().rotate();
        var versions = system.masterKey().versions();
        system.stopRelay();
        dieAfterReplacing();
        setAside();
        system.startRelayAgain();

        var outcome = system.rewrap();

        assertThat(outcome).isEqualTo(new Outcome.Behind(0, 1));
        assertThat(system.masterKey().versions()).isEqualTo(versions);
        bringBack();
        assertThat(system.rewrap()).isInstanceOf(Outcome.Completed.class);
        system.assertNothingIsOld();
    }

    private static void dieAfterReplacing() {
        var doom = new Doom(6, Moment.AFTER);
        assertThat(diesOf(doom)).isTrue();
        assertThat(doom.taken()).last().isEqualTo("replace");
    }

    /** As the relay does with what Kafka does not take. */
    private static void setAside() {
        int events = system.database().inTransaction(sql -> sql.update("""
                WITH gone AS (DELETE FROM outbox RETURNING id, topic, record_key, payload, created_at)
                INSERT INTO outbox_rejected (id, topic, record_key, payload, created_at, reason)
                SELECT gone.*, 'test' FROM gone"""));
        assertThat(events).isEqualTo(2);
    }

    private static void bringBack() {
        system.database().inTransaction(sql -> sql.update("""
                WITH back AS (DELETE FROM outbox_rejected RETURNING id, topic, record_key, payload)
                INSERT INTO outbox (topic, record_key, payload)
                SELECT topic, record_key, payload FROM back ORDER BY id"""));
    }

    private static Rewrap.Run run() {
        return new Rewrap.Run("run-1", 2, Watcher.silent());
    }

    private static boolean diesOf(Doom doom) {
        var doomed = new Rewrap(
                doom.over(MasterKey.class, system.masterKey()),
                doom.over(SealedKeys.class, system.credentials()),
                doom.over(Announcements.class, system.announcements()),
                run());
        try {
            doomed.complete();
            return false;
        } catch (Doom.Death e) {
            return true;
        }
    }

    private static void deleteAll() {
        for (var key : system.credentials().below(Integer.MAX_VALUE, new UUID(0, 0), Integer.MAX_VALUE)) {
            system.store().delete(new Act(key.userId(), "cleaning"), key.id());
        }
    }
}
