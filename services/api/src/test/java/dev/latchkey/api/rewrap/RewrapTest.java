package dev.latchkey.api.rewrap;

import static dev.latchkey.api.Samples.act;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.rewrap.Doom.Moment;
import dev.latchkey.api.store.Clerk;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.api.store.Epilogue;
import dev.latchkey.api.store.Written;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Rewrapped;
import dev.latchkey.sealing.Unsealed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rewraps of a real table, under a real lock, onto a real topic. */
final class RewrapTest {
    private static final int BATCH = 2;

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
        var credentials = registered(anna, 3);
        registered(act(), 2);
        var gone = system.register(anna);
        system.store().delete(anna, gone.id());
        long toDo = system.active().size();
        system.masterKey().rotate();
        var before = system.masterKey().versions();

        var outcome = rewrap();

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

        rewrap();

        var rewrapped = ofUser(anna).getLast();
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
        rewrap();
        var before = system.table();

        var outcome = rewrap();

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
            registered(act(), 2);
            system.masterKey().rotate();
            var doom = new Doom(step, moment);

            died = diesOf(doom);
            var outcome = rewrap();

            deaths.add(moment + " " + doom.taken().getLast());
            assertThat(outcome).as(deaths.getLast()).isInstanceOf(Outcome.Completed.class);
            assertThat(system.masterKey().versions().oldest())
                    .isEqualTo(system.masterKey().versions().newest());
            deleteAll();
        }

        awaitEmptyOutbox();
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
    void leavesAloneWhatItsOwnerChangedMeanwhile() {
        var anna = act();
        var deleted = system.register(anna);
        var replaced = system.register(anna);
        var chosen = system.register(anna);
        system.masterKey().rotate();
        var meddling = new AtomicBoolean(true);
        var meddled = meddlingAfterRewrap(() -> {
            if (meddling.getAndSet(false)) {
                system.store().delete(anna, deleted.id());
                assertThat(system.tryToReplaceKey(anna, replaced.id())).isPresent();
                system.store().makeDefault(anna, chosen.id());
            }
        });

        var outcome = new Rewrap(meddled, system.credentials(), system.announcements(), run(100)).complete();

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        system.assertNothingIsOld();
        assertThat(ofUser(anna))
                .extracting(CredentialAudited::getCredentialId, CredentialAudited::getChange)
                .contains(tuple(chosen.id(), CredentialChange.REWRAPPED))
                .doesNotContain(
                        tuple(deleted.id(), CredentialChange.REWRAPPED),
                        tuple(replaced.id(), CredentialChange.REWRAPPED));
        assertThat(system.active(anna.userId()))
                .filteredOn(credential -> credential.standing().isDefault())
                .extracting(Credential::id)
                .containsExactly(chosen.id());
    }

    @Test
    void losesNothingOfWhatManyUsersChangeAllTheTime() throws Exception {
        var users = IntStream.range(0, 4).mapToObj(_ -> act()).toList();
        users.forEach(user -> registered(user, 4));
        var stop = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changing = users.stream()
                    .map(user -> threads.submit(() -> change(user, stop)))
                    .toList();

            for (int i = 0; i < 5; i++) {
                system.masterKey().rotate();
                assertThat(rewrap()).isInstanceOf(Outcome.Completed.class);
            }

            stop.set(true);
            for (var changes : changing) {
                assertThat(changes.get()).isPositive();
            }
        }
        assertThat(rewrap()).isInstanceOf(Outcome.Completed.class);
        awaitEmptyOutbox();
        system.assertNothingIsOld();
    }

    /** Sealed before the rotation, stored after everything was sealed anew: it would never open again. */
    @Test
    void keepsOutAKeyThatWasSealedBeforeAndComesToBeStoredTooLate() {
        var anna = act();
        var credential = system.register(anna);
        var early = system.seal(anna.userId(), credential.id(), new ApiKey("sk-sealed-too-early"));
        system.masterKey().rotate();
        rewrap();

        var late = system.store().rotate(anna, credential.id(), (before, revision) -> before.rotated(early, revision));

        assertThat(late).isEqualTo(new Written.Outdated());
        system.assertNothingIsOld();
        assertThat(system.tryToReplaceKey(anna, credential.id())).isPresent();
        awaitEmptyOutbox();
    }

    /** It was sealed before the rotation, and nobody but its own transaction sees it yet. */
    @Test
    void waitsForAKeyWhoseStoringIsUnderWayAndSealsItAnew() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var rewrapping = new AtomicReference<Future<Outcome>>();
            var slow = new CredentialStore(system.database(), clerk(() -> {
                system.masterKey().rotate();
                rewrapping.set(threads.submit(RewrapTest::rewrap));
                await().until(RewrapTest::somebodyWaitsForALock);
            }));

            var stored = system.tryToRegister(act(), slow).orElseThrow();

            assertThat(rewrapping.get().get()).isInstanceOf(Outcome.Completed.class);
            assertThat(system.open(stored)).isInstanceOf(Unsealed.Refused.class);
        }
        system.assertNothingIsOld();
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

        var outcome = rewrap();

        assertThat(outcome).isEqualTo(new Outcome.Unopenable(outcome.rewrapped(), List.of(spoilt.id())));
        assertThat(outcome.rewrapped()).isPositive();
        assertThat(system.masterKey().versions()).isEqualTo(versions);
        system.store().delete(anna, spoilt.id());
        assertThat(rewrap()).isInstanceOf(Outcome.Completed.class);
        system.assertNothingIsOld();
    }

    @Test
    void retiresNothingWhileNothingIsPublished() {
        registered(act(), 3);
        system.masterKey().rotate();
        var versions = system.masterKey().versions();

        system.stopRelay();
        var outcome = new Rewrap(
                        system.masterKey(),
                        system.credentials(),
                        system.announcements(Duration.ofMillis(500)),
                        run(BATCH))
                .complete();

        assertThat(outcome).isInstanceOf(Outcome.Unpublished.class);
        assertThat(system.masterKey().versions()).isEqualTo(versions);
        system.startRelayAgain();
        assertThat(rewrap()).isInstanceOf(Outcome.Completed.class);
        system.assertNothingIsOld();
    }

    @Test
    void retiresNothingWhileTheTopicIsBehindTheTable() {
        deleteAll();
        system.register(act());
        awaitEmptyOutbox();
        system.masterKey().rotate();
        var versions = system.masterKey().versions();
        system.stopRelay();
        dieAfterReplacing();
        setAside();
        system.startRelayAgain();

        var outcome = rewrap();

        assertThat(outcome).isEqualTo(new Outcome.Behind(0, 1));
        assertThat(system.masterKey().versions()).isEqualTo(versions);
        bringBack();
        assertThat(rewrap()).isInstanceOf(Outcome.Completed.class);
        system.assertNothingIsOld();
    }

    private static void dieAfterReplacing() {
        var doom = new Doom(6, Moment.AFTER);
        assertThat(diesOf(doom)).isTrue();
        assertThat(doom.taken()).last().isEqualTo("replace");
    }

    private static void awaitEmptyOutbox() {
        assertThat(system.announcements().awaitPublished(system.announcements().newest()))
                .isTrue();
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

    private static Outcome rewrap() {
        return new Rewrap(system.masterKey(), system.credentials(), system.announcements(), run(BATCH)).complete();
    }

    private static Rewrap.Run run(int batch) {
        return new Rewrap.Run("run-1", batch, Watcher.silent());
    }

    private static boolean diesOf(Doom doom) {
        var doomed = new Rewrap(
                doom.over(MasterKey.class, system.masterKey()),
                doom.over(SealedKeys.class, system.credentials()),
                doom.over(Announcements.class, system.announcements()),
                run(BATCH));
        try {
            doomed.complete();
            return false;
        } catch (Doom.Death e) {
            return true;
        }
    }

    private static List<Credential> registered(Act act, int times) {
        return IntStream.range(0, times).mapToObj(_ -> system.register(act)).toList();
    }

    private static void deleteAll() {
        for (var key : system.credentials().below(Integer.MAX_VALUE, new UUID(0, 0), Integer.MAX_VALUE)) {
            system.store().delete(new Act(key.userId(), "cleaning"), key.id());
        }
    }

    /**
     * What a user does all day; says how often. A key that is sealed just before a rotation and stored after it is turned
     * away, as over REST.
     */
    private static int change(Act user, AtomicBoolean stop) {
        int times = 0;
        while (!stop.get()) {
            var mine = system.active(user.userId());
            var some = mine.get(times % mine.size());
            switch (times % 4) {
                case 0 -> system.store().makeDefault(user, some.id());
                case 1 -> system.store().validated(user, some.id(), Epilogue.none());
                case 2 -> system.tryToReplaceKey(user, some.id());
                default -> {
                    system.store().delete(user, some.id());
                    system.tryToRegister(user, system.store());
                }
            }
            times++;
        }
        return times;
    }

    private static List<CredentialAudited> ofUser(Act act) {
        return system.history().stream()
                .filter(entry -> entry.getUserId().equals(act.userId()))
                .toList();
    }

    private static boolean somebodyWaitsForALock() {
        return Postgres.count(
                        system.database(),
                        "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }

    /** Gives out its first event id after something has happened. */
    private static Clerk clerk(Runnable first) {
        var happened = new AtomicBoolean();
        var random = new Random();
        return new Clerk(
                new UuidSource(InstantSource.system(), () -> {
                    if (!happened.getAndSet(true)) {
                        first.run();
                    }
                    return random.nextLong();
                }),
                InstantSource.system());
    }

    private static MasterKey meddlingAfterRewrap(Runnable meddling) {
        return new MasterKey() {
            @Override
            public String name() {
                return system.masterKey().name();
            }

            @Override
            public Versions versions() {
                return system.masterKey().versions();
            }

            @Override
            public void rotate() {
                system.masterKey().rotate();
            }

            @Override
            public List<Rewrapped> rewrap(List<Sealed> keys) {
                var rewrapped = system.masterKey().rewrap(keys);
                meddling.run();
                return rewrapped;
            }

            @Override
            public void refuseBelow(int version) {
                system.masterKey().refuseBelow(version);
            }
        };
    }
}
