package dev.latchkey.standins.transit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.Json;
import dev.latchkey.sealing.DataKeyContract;
import dev.latchkey.sealing.DataKeyMaker;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Rewrapped;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Sealer;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.VaultUnavailable;
import dev.latchkey.sealing.WrappedKey;
import dev.latchkey.sealing.vault.VaultDataKeyMaker;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.sealing.vault.VaultFingerprints;
import dev.latchkey.sealing.vault.VaultMasterKey;
import dev.latchkey.sealing.vault.VaultSealer;
import dev.latchkey.sealing.vault.VaultUnsealer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every server does that speaks Vault's API and has Latchkey's keys and policies. */
interface VaultContract extends AccessContract, DataKeyContract {
    @Override
    default Sealer sealer() {
        return new VaultSealer(vault().session(Identity.API));
    }

    @Override
    default Unsealer unsealer() {
        return new VaultUnsealer(vault().session(Identity.WORKER));
    }

    @Override
    default DataKeyMaker maker() {
        return new VaultDataKeyMaker(vault().session(Identity.API));
    }

    @Override
    default DataKeyOpener opener() {
        return new VaultDataKeyOpener(vault().session(Identity.WORKER));
    }

    @Test
    default void letsPublishersOpenDataKeysAndNothingElse() {
        var publisher = vault().session(Identity.PUBLISHER);
        var wrapped = maker().make(USER);
        var sealed = sealer().seal(CANARY, OWNER);

        assertThat(new VaultDataKeyOpener(publisher).unwrap(wrapped, USER)).isEqualTo(opener().unwrap(wrapped, USER));
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> new VaultUnsealer(publisher).unseal(sealed, OWNER))
                .withMessageEndingWith("refuses with status 403");
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> new VaultDataKeyMaker(publisher).make(USER))
                .withMessageEndingWith("refuses with status 403");
    }

    @Test
    default void letsNobodyButTheApiMakeDataKeysAndTheApiNeverOpenOne() {
        var wrapped = maker().make(USER);

        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> new VaultDataKeyOpener(vault().session(Identity.API)).unwrap(wrapped, USER))
                .withMessageEndingWith("refuses with status 403");
        for (var identity : List.of(Identity.WORKER, Identity.ROTATOR)) {
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> new VaultDataKeyMaker(vault().session(identity)).make(USER))
                    .withMessageEndingWith("refuses with status 403");
        }
    }

    /** The api asks for the wrapped form, and a transit that gave it the plain one too would make it one that can open. */
    @Test
    default void showsTheApiNoDataKeyInPlain() {
        var body = json(Map.of("context", base64(USER.toString()), "bits", 256));

        var answer = vault().caller(Identity.API).post("/v1/transit/datakey/wrapped/latchkey-data", body);
        var plain = vault().caller(Identity.API).post("/v1/transit/datakey/plaintext/latchkey-data", body);

        assertThat(answer.json().path("data").path("ciphertext").asText()).startsWith("vault:v");
        assertThat(answer.json().path("data").has("plaintext")).isFalse();
        assertThat(plain.status()).isBetween(400, 499);
    }

    private MasterKey rotator() {
        return VaultMasterKey.ofApiKeys(vault().session(Identity.ROTATOR));
    }

    private MasterKey rotatorOfDataKeys() {
        return VaultMasterKey.ofDataKeys(vault().session(Identity.ROTATOR));
    }

    @Test
    default void refusesTheApiThatWantsToOpenWhatItSealed() {
        var sealed = sealer().seal(CANARY, OWNER);

        var apisUnsealer = new VaultUnsealer(vault().session(Identity.API));

        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> apisUnsealer.unseal(sealed, OWNER))
                .withMessageEndingWith("refuses with status 403");
    }

    @Test
    default void refusesTheWorkerThatWantsToSeal() {
        var workersSealer = new VaultSealer(vault().session(Identity.WORKER));

        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> workersSealer.seal(CANARY, OWNER))
                .withMessageEndingWith("refuses with status 403");
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> workersSealer.fingerprint(new SealedKey("vault:v1:AAAA", "latchkey")))
                .withMessageEndingWith("refuses with status 403");
    }

    @Test
    default void refusesTheRotatorThatWantsToOpenOrSeal() {
        var sealed = sealer().seal(CANARY, OWNER);
        var rotator = vault().session(Identity.ROTATOR);

        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> new VaultUnsealer(rotator).unseal(sealed, OWNER))
                .withMessageEndingWith("refuses with status 403");
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> new VaultSealer(rotator).seal(CANARY, OWNER))
                .withMessageEndingWith("refuses with status 403");
        var wrapped = maker().make(USER);
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> new VaultDataKeyOpener(rotator).unwrap(wrapped, USER))
                .withMessageEndingWith("refuses with status 403");
    }

    @Test
    default void keepsAKeyReadableThroughRotationAndRewrapping() {
        var sealed = sealer().seal(CANARY, OWNER);

        int rotated = vault().caller(Identity.ROTATOR)
                .post("/v1/transit/keys/latchkey/rotate", "{}")
                .status();
        var rewrapped = anew(sealed, rewrap(sealed.ciphertext()));

        assertThat(rotated).isEqualTo(200);
        assertThat(version(rewrapped.ciphertext())).isEqualTo(version(sealed.ciphertext()) + 1);
        assertThat(unsealer().unseal(sealed, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
        assertThat(unsealer().unseal(rewrapped, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
    }

    @Test
    default void sealsABatchAnewInItsOrderAndMarksWhatDoesNotOpen() {
        var mine = sealer().seal(CANARY, OWNER);
        var others = new KeyOwner(UUID.randomUUID(), UUID.randomUUID(), OWNER.destination());
        rotator().rotate();

        var results = rotator()
                .rewrap(List.of(
                        new MasterKey.Sealed(mine.ciphertext(), OWNER.context()),
                        new MasterKey.Sealed(mine.ciphertext(), others.context()),
                        new MasterKey.Sealed("vault:v1:AAAA", OWNER.context()),
                        new MasterKey.Sealed(mine.ciphertext(), OWNER.context())));

        assertThat(results.get(1)).isEqualTo(new Rewrapped.Refused());
        assertThat(results.get(2)).isEqualTo(new Rewrapped.Refused());
        assertThat(List.of(results.getFirst(), results.getLast()))
                .allSatisfy(result -> isUnderTheNewestVersion(mine, (Rewrapped.Anew) result));
        assertThat(results).hasSize(4);
    }

    private void isUnderTheNewestVersion(SealedKey canary, Rewrapped.Anew anew) {
        assertThat(SealedKey.versionOf(anew.ciphertext()))
                .isEqualTo(rotator().versions().newest());
        assertThat(unsealer().unseal(anew(canary, anew.ciphertext()), OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
    }

    @Test
    default void givesTheRotatorTheFingerprintsThatTheApiGets() {
        var one = sealer().seal(CANARY, OWNER);
        var other = sealer().seal(CANARY, OWNER);

        var fingerprints = new VaultFingerprints(vault().session(Identity.ROTATOR))
                .of(List.of(one.ciphertext(), other.ciphertext()));

        assertThat(fingerprints).containsExactly(sealer().fingerprint(one), sealer().fingerprint(other));
    }

    @Test
    default void wrapsADataKeyAnewForItsUserAloneAndThenOpensItNoMoreAsItWas() {
        var key = rotatorOfDataKeys();
        var old = maker().make(USER);
        var dataKey = opener().unwrap(old, USER);
        key.rotate();
        int newest = key.versions().newest();

        var results = key.rewrap(List.of(
                new MasterKey.Sealed(old.ciphertext(), WrappedKey.context(UUID.randomUUID())),
                new MasterKey.Sealed(old.ciphertext(), WrappedKey.context(USER))));
        key.refuseBelow(newest);

        assertThat(results.getFirst()).isEqualTo(new Rewrapped.Refused());
        var anew = (Rewrapped.Anew) results.getLast();
        assertThat(SealedKey.versionOf(anew.ciphertext())).isEqualTo(newest);
        assertThat(opener().unwrap(new WrappedKey(anew.ciphertext(), old.encryptionKeyId()), USER))
                .isEqualTo(dataKey);
        assertThat(opener().unwrap(old, USER)).isInstanceOf(Unwrapped.Refused.class);
        key.refuseBelow(1); // For the tests that come after on the same server.
    }

    @Test
    default void opensNothingThatIsTooOldOnceToldSoAndWhatIsNewAsBefore() {
        var old = sealer().seal(CANARY, OWNER);
        rotator().rotate();
        var anew = sealer().seal(CANARY, OWNER);
        int newest = rotator().versions().newest();

        rotator().refuseBelow(newest);

        assertThat(rotator().versions()).isEqualTo(new MasterKey.Versions(newest, newest));
        assertThat(unsealer().unseal(old, OWNER)).isInstanceOf(Unsealed.Refused.class);
        assertThat(unsealer().unseal(anew, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
        assertThat(rotator().rewrap(List.of(new MasterKey.Sealed(old.ciphertext(), OWNER.context()))))
                .containsExactly(new Rewrapped.Refused());
        assertThat(complaint(old.ciphertext()))
                .isEqualTo("ciphertext or signature version is disallowed by policy (too old)");
        rotator().refuseBelow(1); // For the tests that come after on the same server.
    }

    @Test
    default void canNotBeToldToOpenNothing() {
        int tooHigh = rotator().versions().newest() + 1;

        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> rotator().refuseBelow(tooHigh))
                .withMessageEndingWith("refuses with status 400");
    }

    @Test
    default void letsTheRotatorSetNothingElseOfTheKey() {
        var rotator = vault().caller(Identity.ROTATOR);

        for (var key : List.of("latchkey", "latchkey-data")) {
            for (var body : List.of(
                    "{\"exportable\": true}",
                    "{\"deletion_allowed\": true}",
                    "{\"min_decryption_version\": 1, \"allow_plaintext_backup\": true}",
                    "{\"min_encryption_version\": 1}",
                    "{\"auto_rotate_period\": \"1h\"}")) {
                assertThat(rotator.post("/v1/transit/keys/" + key + "/config", body)
                                .status())
                        .as(key + " " + body)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    default void letsNobodyButTheRotatorRewrapLookAtTheKeyOrSetWhatItOpens() {
        for (var identity : List.of(Identity.API, Identity.WORKER, Identity.PUBLISHER)) {
            var session = vault().session(identity);

            for (var key : List.of(VaultMasterKey.ofApiKeys(session), VaultMasterKey.ofDataKeys(session))) {
                for (var work : List.<ThrowingCallable>of(
                        key::rotate, key::versions, () -> key.refuseBelow(1), () -> key.rewrap(oneKey()))) {
                    assertThatExceptionOfType(VaultUnavailable.class)
                            .isThrownBy(work)
                            .withMessageEndingWith("refuses with status 403");
                }
            }
        }
    }

    private static List<MasterKey.Sealed> oneKey() {
        return List.of(new MasterKey.Sealed("vault:v1:AAAA", OWNER.context()));
    }

    @Test
    default void answersABatchInItsOrderAndMarksWhatFailed() {
        var good = sealer().seal(CANARY, OWNER).ciphertext();
        var context = base64(OWNER.context());
        var batch = Map.of(
                "batch_input",
                List.of(
                        Map.of("ciphertext", good, "context", context, "reference", "first"),
                        Map.of("ciphertext", "vault:v1:AAAA", "context", context, "reference", "second")));

        var answer = vault().caller(Identity.WORKER).post("/v1/transit/decrypt/latchkey", json(batch));

        var results = answer.json().at("/data/batch_results");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(results.findValuesAsText("reference")).containsExactly("first", "second");
        assertThat(results.at("/0/plaintext").textValue()).isEqualTo(CANARY.reveal(key -> base64(OWNER.sealable(key))));
        assertThat(results.at("/0/error").isMissingNode()).isTrue();
        assertThat(results.at("/1/error").textValue()).isEqualTo("invalid ciphertext length");
    }

    @Test
    default void refusesADerivedKeyWithoutAContext() {
        var answer = vault().caller(Identity.API)
                .post("/v1/transit/encrypt/latchkey", json(Map.of("plaintext", base64("text"))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0").textValue()).startsWith("missing 'context' for key derivation");
    }

    @Test
    default void saysWhatIsWrongWithACiphertextInVaultsWords() {
        assertThat(complaint("hello")).isEqualTo("invalid ciphertext: no prefix");
        assertThat(complaint("vault:v1")).isEqualTo("invalid ciphertext: wrong number of fields");
        assertThat(complaint("vault:vX:AAAA")).isEqualTo("invalid ciphertext: version number could not be decoded");
        assertThat(complaint("vault:v99999:AAAA")).isEqualTo("invalid ciphertext: version is too new");
        assertThat(complaint("vault:v1:!")).isEqualTo("invalid ciphertext: could not decode base64");
        assertThat(complaint("vault:v1:" + "A".repeat(64))).isEqualTo("cipher: message authentication failed");
    }

    private String complaint(String ciphertext) {
        var body = json(Map.of("ciphertext", ciphertext, "context", base64(OWNER.context())));
        var answer = vault().caller(Identity.WORKER).post("/v1/transit/decrypt/latchkey", body);
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().at("/errors/0").asText();
    }

    private String rewrap(String ciphertext) {
        var body = json(Map.of("ciphertext", ciphertext, "context", base64(OWNER.context())));
        var answer = vault().caller(Identity.ROTATOR).post("/v1/transit/rewrap/latchkey", body);
        return answer.json().at("/data/ciphertext").asText();
    }

    private static SealedKey anew(SealedKey key, String ciphertext) {
        return new SealedKey(ciphertext, key.encryptionKeyId());
    }

    private static int version(String ciphertext) {
        return Integer.parseInt(ciphertext.substring("vault:v".length(), ciphertext.lastIndexOf(':')));
    }

    private static String json(Object body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
