package dev.latchkey.standins.transit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.SealingContract;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.vault.VaultLogin.FixedToken;
import dev.latchkey.sealing.vault.VaultSealer;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultSettings;
import dev.latchkey.sealing.vault.VaultUnsealer;
import dev.latchkey.standins.local.Caller;
import dev.latchkey.standins.local.Listen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevTransitTest {
    @TempDir
    private Path directory;

    @Test
    void opensOldCiphertextsAfterARestart() {
        SealedKey sealed;
        try (var transit = startKept()) {
            sealed =
                    new VaultSealer(session(transit, Identity.API)).seal(SealingContract.CANARY, SealingContract.OWNER);
            caller(transit, Identity.ROTATOR).post("/v1/transit/keys/latchkey/rotate", "");
        }

        try (var transit = startKept()) {
            var unsealer = new VaultUnsealer(session(transit, Identity.WORKER));

            assertThat(unsealer.unseal(sealed, SealingContract.OWNER))
                    .isEqualTo(new Unsealed.Opened(SealingContract.CANARY));
        }
    }

    @Test
    void keepsItsTokensUnlessOthersAreGiven() {
        String workers;
        try (var transit = startKept()) {
            workers = transit.token(Identity.WORKER);
        }

        var given = TransitState.keptIn(directory, Clock.systemUTC(), Map.of(Identity.API, "given"));

        assertThat(given.token(Identity.WORKER)).isEqualTo(workers);
        assertThat(given.token(Identity.API)).isEqualTo("given");
    }

    @Test
    void keepsItsKeysFromOtherUsersOfTheMachine() throws IOException {
        startKept().close();

        var file = directory.resolve("transit.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void doesNotStartOverKeysThatItCanNotRead() throws IOException {
        Files.writeString(directory.resolve("transit.json"), "{\"keys\": secret");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(this::startKept)
                .withMessage("the dev transit can not read its keys in " + directory.resolve("transit.json"))
                .withNoCause();
    }

    @Test
    void isHealthyForAnybody() {
        try (var transit = startInMemory()) {
            var answer = new Caller(transit.address(), "X-Vault-Token", "nobody").get("/v1/sys/health");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("sealed").booleanValue()).isFalse();
        }
    }

    @Test
    void letsNobodyLogInWithoutRoles() {
        try (var transit = startInMemory()) {
            var answer = new Caller(transit.address(), "X-Vault-Token", "nobody")
                    .post("/v1/auth/approle/login", "{\"role_id\": \"latchkey-api\", \"secret_id\": \"s\"}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("{\"errors\":[\"invalid role or secret ID\"]}");
        }
    }

    @Test
    void makesAndDescribesKeysForItsRoot() {
        try (var transit = startInMemory()) {
            var root = caller(transit, Identity.ROOT);

            int made = root.put("/v1/transit/keys/other", "{\"type\": \"aes256-gcm96\", \"derived\": true}")
                    .status();
            root.put("/v1/transit/keys/other/rotate", "");

            var key = root.get("/v1/transit/keys/other").json().path("data");
            assertThat(made).isEqualTo(200);
            assertThat(key.path("derived").booleanValue()).isTrue();
            assertThat(key.path("latest_version").intValue()).isEqualTo(2);
            assertThat(root.get("/v1/transit/keys/missing").status()).isEqualTo(404);
            assertThat(root.post("/v1/transit/keys/other", "{\"type\": \"rsa-2048\"}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void answersWhatIsNoJsonWithoutQuotingIt() {
        try (var transit = startInMemory()) {
            var api = caller(transit, Identity.API);

            var answer = api.post("/v1/transit/encrypt/latchkey", "{\"plaintext\": \"sk-canary-0123456789");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("{\"errors\":[\"failed to parse JSON input\"]}");
        }
    }

    private static VaultSession session(DevTransit transit, Identity identity) {
        return VaultSession.open(
                new VaultSettings(transit.address(), new FixedToken(transit.token(identity)), "latchkey"));
    }

    private static Caller caller(DevTransit transit, Identity identity) {
        return new Caller(transit.address(), "X-Vault-Token", transit.token(identity));
    }

    private static DevTransit startInMemory() {
        return DevTransit.start(Listen.atAnyPort(), TransitState.inMemory(Clock.systemUTC(), Map.of()), "latchkey");
    }

    private DevTransit startKept() {
        return DevTransit.start(
                Listen.atAnyPort(), TransitState.keptIn(directory, Clock.systemUTC(), Map.of()), "latchkey");
    }
}
