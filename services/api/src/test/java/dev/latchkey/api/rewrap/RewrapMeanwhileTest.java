package dev.latchkey.api.rewrap;

import static dev.latchkey.api.Samples.act;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.store.Clerk;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.api.store.Epilogue;
import dev.latchkey.api.store.Written;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Rewrapped;
import dev.latchkey.sealing.Unsealed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rewraps of what others change at the same time. */
final class RewrapMeanwhileTest {
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

        var outcome = new Rewrap(
                        meddled,
                        system.credentials(),
                        system.announcements(),
                        new Rewrap.Run("run-1", 100, Watcher.silent()))
                .complete();

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        system.assertNothingIsOld();
        assertThat(system.historyOf(anna))
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
        users.forEach(user -> system.register(user, 4));
        var stop = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changing = users.stream()
                    .map(user -> threads.submit(() -> change(user, stop)))
                    .toList();

            for (int i = 0; i < 5; i++) {
                system.masterKey().rotate();
                assertThat(system.rewrap()).isInstanceOf(Outcome.Completed.class);
            }

            stop.set(true);
            for (var changes : changing) {
                assertThat(changes.get()).isPositive();
            }
        }
        assertThat(system.rewrap()).isInstanceOf(Outcome.Completed.class);
        system.awaitEmptyOutbox();
        system.assertNothingIsOld();
    }

    /** Sealed before the rotation, stored after everything was sealed anew: it would never open again. */
    @Test
    void keepsOutAKeyThatWasSealedBeforeAndComesToBeStoredTooLate() {
        var anna = act();
        var credential = system.register(anna);
        var early = system.seal(anna.userId(), credential.id(), new ApiKey("sk-sealed-too-early"));
        system.masterKey().rotate();
        system.rewrap();

        var late = system.store().rotate(anna, credential.id(), (before, revision) -> before.rotated(early, revision));

        assertThat(late).isEqualTo(new Written.Outdated());
        system.assertNothingIsOld();
        assertThat(system.tryToReplaceKey(anna, credential.id())).isPresent();
        system.awaitEmptyOutbox();
    }

    /** It was sealed before the rotation, and nobody but its own transaction sees it yet. */
    @Test
    void waitsForAKeyWhoseStoringIsUnderWayAndSealsItAnew() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var rewrapping = new AtomicReference<Future<Outcome>>();
            var slow = new CredentialStore(system.database(), clerk(() -> {
                system.masterKey().rotate();
                rewrapping.set(threads.submit(system::rewrap));
                await().until(RewrapMeanwhileTest::somebodyWaitsForALock);
            }));

            var stored = system.tryToRegister(act(), slow).orElseThrow();

            assertThat(rewrapping.get().get()).isInstanceOf(Outcome.Completed.class);
            assertThat(system.open(stored)).isInstanceOf(Unsealed.Refused.class);
        }
        system.assertNothingIsOld();
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
                case 1 ->
                    system.store()
                            .validated(
                                    user,
                                    new CredentialVersion(
                                            some.id(), some.standing().revision()),
                                    Epilogue.none());
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
