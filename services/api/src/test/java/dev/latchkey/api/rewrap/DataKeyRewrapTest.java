package dev.latchkey.api.rewrap;

import static dev.latchkey.api.Samples.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.UserDataKey;
import dev.latchkey.api.outbox.SealedTopic;
import dev.latchkey.api.rewrap.Doom.Moment;
import dev.latchkey.api.store.DataKeyStore;
import dev.latchkey.api.store.DataKeyStore.Kept;
import dev.latchkey.api.store.Forgetting;
import dev.latchkey.api.store.KeysByVersion;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.DataKeyMaker;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.MasterKey.Versions;
import dev.latchkey.sealing.Rewrapped;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.vault.VaultDataKeyMaker;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.sealing.vault.VaultMasterKey;
import dev.latchkey.standins.transit.Identity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What RewrapTest shows for API keys, where data keys differ: they are the users', and the topic tells of nothing else. */
final class DataKeyRewrapTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    private final MasterKey masterKey = VaultMasterKey.ofDataKeys(system.session(Identity.ROTATOR));
    private final DataKeyMaker maker = new VaultDataKeyMaker(system.session(Identity.API));
    private final DataKeyOpener opener = new VaultDataKeyOpener(system.session(Identity.WORKER));
    private final DataKeyStore store = new DataKeyStore(system.database(), CLERK);
    private final SealedKeys keys = KeysByVersion.ofDataKeys(system.database(), CLERK, masterKey.name());

    @BeforeAll
    static void start() {
        system = new RunningSystem(directory);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void wrapsAllDataKeysAnewAndRetiresWhatIsOld() {
        var before = Stream.generate(this::made).limit(5).toList();
        var plain = opened(before);
        long toDo = keys.countBelow(Integer.MAX_VALUE);
        masterKey.rotate();
        var versions = masterKey.versions();

        var outcome = rewrap(masterKey);

        assertThat(outcome).isEqualTo(new Outcome.Completed(toDo, versions));
        assertNothingIsOld();
        assertThat(opened(now(before))).isEqualTo(plain);
        assertThat(now(before)).extracting(UserDataKey::keyId).containsExactlyElementsOf(keyIds(before));
        assertThat(before).allSatisfy(old -> assertThat(unwrapped(old)).isInstanceOf(Unwrapped.Refused.class));
    }

    /** A clock that goes wrong must not make what is newer look older to whoever reads the topic. */
    @Test
    void tellsOfItAsOfSomethingLater() {
        var before = made();
        masterKey.rotate();

        rewrap(masterKey);

        assertThat(store.find(before.userId()).orElseThrow().changedAt()).isAfter(before.changedAt());
    }

    @Test
    void leavesTheUserAloneWhoIsForgottenMeanwhile() {
        var forgotten = made();
        var other = made();
        masterKey.rotate();
        var forgetting = new Forgetting(system.database(), CLERK);

        var outcome = rewrap(afterRewrapping(() -> forgetting.forget(new Act(forgotten.userId(), "operator"))));

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertNothingIsOld();
        assertThat(topic()).doesNotContainKey(forgotten.userId()).containsKey(other.userId());
    }

    @ParameterizedTest
    @EnumSource
    void completesWhenItIsStartedAgainWhereverItDied(Moment moment) {
        var died = true;
        for (int step = 1; died; step++) {
            var dataKey = made();
            masterKey.rotate();
            var doom = new Doom(step, moment);

            died = diesOf(doom);
            var outcome = rewrap(masterKey);

            assertThat(outcome).as(doom.taken().getLast()).isInstanceOf(Outcome.Completed.class);
            assertThat(unwrapped(dataKey)).isInstanceOf(Unwrapped.Refused.class);
            new Forgetting(system.database(), CLERK).forget(new Act(dataKey.userId(), "cleaning"));
        }
        rewrap(masterKey); // What was told last is published then.
        assertNothingIsOld();
    }

    private boolean diesOf(Doom doom) {
        try {
            new Rewrap(
                            doom.over(MasterKey.class, masterKey),
                            doom.over(SealedKeys.class, keys),
                            doom.over(Announcements.class, announcements()),
                            run())
                    .complete();
            return false;
        } catch (Doom.Death e) {
            return true;
        }
    }

    private Outcome rewrap(MasterKey key) {
        return new Rewrap(key, keys, announcements(), run()).complete();
    }

    private static Announcements announcements() {
        return system.announcements(SealedTopic.DATA_KEYS);
    }

    private static Rewrap.Run run() {
        return new Rewrap.Run("run-1", 2, Watcher.silent());
    }

    private UserDataKey made() {
        var user = UUID.randomUUID();
        return ((Kept.Present) store.keep(user, maker.make(user))).dataKey();
    }

    private List<UserDataKey> now(List<UserDataKey> dataKeys) {
        return dataKeys.stream()
                .map(dataKey -> store.find(dataKey.userId()).orElseThrow())
                .toList();
    }

    private static List<UUID> keyIds(List<UserDataKey> dataKeys) {
        return dataKeys.stream().map(UserDataKey::keyId).toList();
    }

    private List<DataKey> opened(List<UserDataKey> dataKeys) {
        return dataKeys.stream()
                .map(this::unwrapped)
                .map(unwrapped -> ((Unwrapped.Opened) unwrapped).key())
                .toList();
    }

    private Unwrapped unwrapped(UserDataKey dataKey) {
        return opener.unwrap(dataKey.wrapped(), dataKey.userId());
    }

    /** Everything is wrapped under the newest version, nothing older opens, and everybody knows. */
    private void assertNothingIsOld() {
        int newest = masterKey.versions().newest();
        assertThat(masterKey.versions()).isEqualTo(new Versions(newest, newest));
        assertThat(topic()).isEqualTo(table());
        assertThat(table().values()).extracting(SealedKey::versionOf).allMatch(version -> version == newest);
    }

    private Map<UUID, String> table() {
        return keys.below(Integer.MAX_VALUE, new UUID(0, 0), Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(
                        SealedKeys.Stored::userId, key -> key.sealed().ciphertext()));
    }

    /** What a reader knows who takes the newest record of each user. */
    private static Map<UUID, String> topic() {
        return system.events(Topics.DATA_KEYS).stream()
                .collect(Collectors.toMap(DataKeyChanged::getUserId, Function.identity(), (_, later) -> later))
                .values()
                .stream()
                .filter(dataKey -> dataKey.getWrappedKey() != null)
                .collect(Collectors.toMap(DataKeyChanged::getUserId, DataKeyChanged::getWrappedKey));
    }

    private MasterKey afterRewrapping(Runnable meddling) {
        return new MasterKey() {
            @Override
            public String name() {
                return masterKey.name();
            }

            @Override
            public Versions versions() {
                return masterKey.versions();
            }

            @Override
            public void rotate() {
                masterKey.rotate();
            }

            @Override
            public List<Rewrapped> rewrap(List<Sealed> sealed) {
                var rewrapped = masterKey.rewrap(sealed);
                meddling.run();
                return rewrapped;
            }

            @Override
            public void refuseBelow(int version) {
                masterKey.refuseBelow(version);
            }
        };
    }
}
