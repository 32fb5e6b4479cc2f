package dev.latchkey.api.keys;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.act;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.rewrap.RunningSystem;
import dev.latchkey.api.rewrap.SealingServer;
import dev.latchkey.api.store.DataKeyStore;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.vault.VaultDataKeyMaker;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.standins.transit.RealVault;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as the rotator gives them who has logged in to a Vault that setup.sh has prepared. */
final class KeysOnARealVaultTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    private static @Nullable RunningSystem system;

    @BeforeAll
    static void start() throws Exception {
        var vault = RealVault.require("the rotation of the master keys on a real Vault", directory);
        assertThat(vault.setUp("latchkey").status()).isZero();
        system = new RunningSystem(directory.resolve("kafka"), new SealingServer.Real(vault));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void everythingIsSealedAnewAndWhatIsOldOpensNoMore() {
        var running = running();
        var old = registered(running);
        var user = UUID.randomUUID();
        var store = new DataKeyStore(running.database(), CLERK);
        var wrapped = new VaultDataKeyMaker(running.session(Identity.API)).make(user);
        store.keep(user, wrapped);
        var dataKey = opener(running).unwrap(wrapped, user);

        try (var operator = new Operator(running)) {
            assertThat(operator.run(Identity.ROTATOR, "rotate"))
                    .as(operator.complained())
                    .isZero();
            assertThat(operator.run(Identity.ROTATOR, "rewrap"))
                    .as(operator.complained())
                    .isZero();
        }

        running.assertNothingIsOld();
        assertThat(old)
                .allSatisfy(credential -> assertThat(running.open(credential)).isInstanceOf(Unsealed.Refused.class));
        assertThat(opener(running).unwrap(wrapped, user)).isInstanceOf(Unwrapped.Refused.class);
        var anew = store.find(user).orElseThrow().wrapped();
        assertThat(opener(running).unwrap(anew, user)).isEqualTo(dataKey);
    }

    @Test
    void completesAfterItsProcessWasKilledInTheMiddleOfATransaction() {
        var running = running();
        var locked = act();
        registered(running);
        running.register(locked);

        try (var operator = new Operator(running)) {
            assertThat(operator.run(Identity.ROTATOR, "rotate"))
                    .as(operator.complained())
                    .isZero();
            operator.rewrapAndDieWaitingFor(locked.userId(), directory.resolve("killed.log"));
            assertThat(operator.run(Identity.ROTATOR, "rewrap"))
                    .as(operator.complained())
                    .isZero();
        }

        running.assertNothingIsOld();
    }

    @Test
    void nobodyElseCanDoIt() {
        try (var operator = new Operator(running())) {
            assertThat(operator.run(Identity.API, "rotate")).isEqualTo(1);
            assertThat(operator.run(Identity.WORKER, "rewrap")).isEqualTo(1);
        }
    }

    private static List<Credential> registered(RunningSystem running) {
        return IntStream.range(0, 3).mapToObj(_ -> running.register(act())).toList();
    }

    private static DataKeyOpener opener(RunningSystem running) {
        return new VaultDataKeyOpener(running.session(Identity.WORKER));
    }

    private static RunningSystem running() {
        return Objects.requireNonNull(system);
    }
}
