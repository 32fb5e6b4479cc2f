package dev.latchkey.standins.transit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.SealingContract;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.VaultUnavailable;
import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import dev.latchkey.sealing.vault.VaultLogin.SecretId;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultUnsealer;
import dev.latchkey.sealing.vault.VaultWatch;
import dev.latchkey.standins.local.Caller;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the identities get in, what each may do, and how their sessions live through what operators do to them. */
interface AccessContract extends SealingContract {
    Duration PATIENCE = Duration.ofSeconds(30);
    List<Identity> IDENTITIES = List.of(Identity.API, Identity.WORKER, Identity.PUBLISHER, Identity.ROTATOR);

    VaultServer vault();

    /** All that is not in the table of an identity is refused; what is allowed may fail in other ways, for its body is empty. */
    @ParameterizedTest
    @CsvSource({
        "POST, transit/encrypt/latchkey, API",
        "POST, transit/hmac/latchkey-fingerprint, API ROTATOR",
        "POST, transit/decrypt/latchkey, WORKER",
        "POST, transit/datakey/wrapped/latchkey-data, API",
        "POST, transit/decrypt/latchkey-data, WORKER PUBLISHER",
        "POST, transit/encrypt/latchkey-data, ''",
        "POST, transit/datakey/wrapped/latchkey, ''",
        "POST, transit/datakey/plaintext/latchkey-data, ''",
        "POST, transit/rewrap/latchkey, ROTATOR",
        "POST, transit/keys/latchkey/rotate, ROTATOR",
        "GET, auth/token/lookup-self, API WORKER PUBLISHER ROTATOR",
        "POST, auth/token/renew-self, API WORKER PUBLISHER ROTATOR",
        "POST, transit/encrypt/another, ''",
        "POST, transit/decrypt/latchkey-fingerprint, ''",
        "POST, transit/hmac/latchkey, ''",
        "POST, transit/keys/another, ''",
        "GET, transit/keys/latchkey, ROTATOR",
        "POST, transit/keys/latchkey/config, ROTATOR",
        "POST, transit/rewrap/latchkey-data, ROTATOR",
        "POST, transit/keys/latchkey-data/rotate, ROTATOR",
        "GET, transit/keys/latchkey-data, ROTATOR",
        "POST, transit/keys/latchkey-data/config, ROTATOR",
        "GET, transit/keys/latchkey-fingerprint, ''",
        "POST, transit/keys/latchkey-fingerprint/rotate, ''",
        "POST, transit/keys/latchkey/trim, ''",
        "POST, transit/datakey/plaintext/latchkey, ''",
        "GET, transit/export/encryption-key/latchkey, ''",
        "GET, transit/backup/latchkey, ''",
        "GET, auth/approle/role/latchkey-worker/role-id, ''",
        "POST, auth/approle/role/latchkey-worker/secret-id, ''",
        "POST, auth/token/create, ''",
        "PUT, sys/policies/acl/latchkey-api, ''",
        "GET, sys/mounts, ''",
        "PUT, sys/seal, ''",
    })
    default void letsEachIdentityDoItsWorkAndNoOther(String method, String path, String who) {
        var allowed = IDENTITIES.stream()
                .filter(identity -> ask(vault().caller(identity), method, path).status() != 403)
                .map(Identity::name)
                .toList();

        assertThat(allowed)
                .isEqualTo(Stream.of(who.split(" ", -1))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    @Test
    default void letsInWhoHasBothIdsAndNobodyElse() {
        var role = vault().role(Identity.API);
        var ofAnother = vault().role(Identity.WORKER);

        var right = vault().logIn(role);
        var wrongSecret = vault().logIn(new AppRole(role.roleId(), new SecretId.Text("wrong")));
        var anothersSecret = vault().logIn(new AppRole(role.roleId(), ofAnother.secretId()));
        var noSecret = vault().logIn(new AppRole(role.roleId(), new SecretId.Text("")));

        assertThat(right.json().at("/auth/policies").toString()).isEqualTo("[\"latchkey-api\"]");
        assertThat(right.json().at("/auth/lease_duration").asInt()).isEqualTo(24 * 60 * 60);
        assertThat(right.json().at("/auth/renewable").asBoolean()).isTrue();
        for (var refused : List.of(wrongSecret, anothersSecret)) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text().strip()).isEqualTo("{\"errors\":[\"invalid role or secret ID\"]}");
        }
        assertThat(noSecret.status()).isEqualTo(400);
        assertThat(noSecret.text().strip()).isEqualTo("{\"errors\":[\"missing secret_id\"]}");
    }

    @Test
    default void refusesAServiceWithTheWrongSecretIdInOneSentence() {
        var settings = vault().settings(new AppRole(vault().role(Identity.API).roleId(), new SecretId.Text("wrong")));

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> VaultSession.open(settings))
                .withMessage("Vault at " + settings.address() + " (LATCHKEY_VAULT_ADDR) does not let the role in"
                        + " LATCHKEY_VAULT_ROLE_ID log in with the secret id in LATCHKEY_VAULT_SECRET_ID");
    }

    @Test
    default void tellsATokenThatItDoesNotKnowFromOneThatMayNot() {
        var unknown = vault().callerWith("nobody").post("/v1/transit/decrypt/latchkey", "{}");
        var notAllowed = vault().caller(Identity.API).post("/v1/transit/decrypt/latchkey", "{}");

        assertThat(unknown.status()).isEqualTo(403);
        assertThat(unknown.json().at("/errors/0").asText()).contains("permission denied", "invalid token");
        assertThat(notAllowed.status()).isEqualTo(403);
        assertThat(notAllowed.json().at("/errors/0").asText())
                .contains("permission denied")
                .doesNotContain("invalid token");
    }

    @Test
    default void lengthensATokenThatIsRenewed() {
        var worker = vault().caller(Identity.WORKER);
        await().atMost(PATIENCE).until(() -> secondsLeft(worker) < 24 * 60 * 60 - 1);

        var renewed = worker.post("/v1/auth/token/renew-self", "{}");

        assertThat(renewed.json().at("/auth/lease_duration").asInt()).isEqualTo(24 * 60 * 60);
        assertThat(secondsLeft(worker)).isGreaterThanOrEqualTo(24 * 60 * 60 - 1);
    }

    /** More than the longest life of its tokens, so that they are renewed and replaced in between. */
    @Test
    default void keepsASessionThatOutlivesItsTokens() {
        var sealed = sealer().seal(CANARY, OWNER);
        var session = VaultSession.open(vault().settings(vault().ids().brief()));
        var unsealer = new VaultUnsealer(session);

        try (var watch = VaultWatch.start(session, Duration.ofMillis(200))) {
            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(6))
                    .until(() -> watch.getAsBoolean()
                            && unsealer.unseal(sealed, OWNER).equals(new Unsealed.Opened(CANARY)));
        }
    }

    @Test
    default void goesOnSealingAndOpeningAfterItsTokensWereRevoked() {
        var token = vault().caller(Identity.API);
        var before = sealer().seal(CANARY, OWNER);

        assertThat(vault().revokeLogins()).isEqualTo(204);

        assertThat(token.get("/v1/auth/token/lookup-self").status()).isEqualTo(403);
        assertThat(unsealer().unseal(before, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
        assertThat(unsealer().unseal(sealer().seal(CANARY, OWNER), OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
    }

    @Test
    default void isFoundAgainByASessionThatOnlyLooked() {
        vault().revokeLogins();

        assertThat(IDENTITIES).allMatch(identity -> vault().session(identity).look());
    }

    @Test
    default void saysThatItIsSealedAndGoesOnAfterwards() {
        assumeFalse(
                vault().ids().unsealKey().isBlank(),
                "NOT RUN: sealing Vault, because LATCHKEY_TEST_VAULT_UNSEAL_KEY does not name the key to unseal it with");
        var before = sealer().seal(CANARY, OWNER);
        var settings = vault().settings(vault().role(Identity.WORKER));

        assertThat(vault().seal()).isEqualTo(204);
        try {
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> unsealer().unseal(before, OWNER))
                    .withMessageEndingWith("refuses with status 503");
            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> VaultSession.open(settings))
                    .withMessageEndingWith(" is sealed");
            assertThat(vault().session(Identity.WORKER).look()).isFalse();
            assertThat(vault().root().get("/v1/sys/health").status()).isEqualTo(503);
        } finally {
            assertThat(vault().unseal()).isEqualTo(200);
        }

        await().atMost(PATIENCE)
                .until(() -> IDENTITIES.stream()
                        .allMatch(identity -> vault().session(identity).look()));
        assertThat(unsealer().unseal(before, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
    }

    private static int secondsLeft(Caller caller) {
        return caller.get("/v1/auth/token/lookup-self").json().at("/data/ttl").asInt();
    }

    private static Caller.Answer ask(Caller caller, String method, String path) {
        return switch (method) {
            case "GET" -> caller.get("/v1/" + path);
            case "PUT" -> caller.put("/v1/" + path, "{}");
            default -> caller.post("/v1/" + path, "{}");
        };
    }
}
