package dev.latchkey.standins.transit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.Json;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Sealer;
import dev.latchkey.sealing.SealingContract;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.sealing.VaultUnavailable;
import dev.latchkey.sealing.vault.VaultProbe;
import dev.latchkey.sealing.vault.VaultSealer;
import dev.latchkey.sealing.vault.VaultUnsealer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every server does that speaks Vault's API and has Latchkey's keys and policies. */
interface VaultContract extends SealingContract {
    VaultServer vault();

    @Override
    default Sealer sealer() {
        return new VaultSealer(vault().settings(Identity.API));
    }

    @Override
    default Unsealer unsealer() {
        return new VaultUnsealer(vault().settings(Identity.WORKER));
    }

    @Test
    default void refusesTheApiThatWantsToOpenWhatItSealed() {
        var sealed = sealer().seal(CANARY, OWNER);

        var unsealed = new VaultUnsealer(vault().settings(Identity.API)).unseal(sealed.ciphertext(), OWNER);

        assertThat(unsealed).isEqualTo(new Unsealed.Refused("this service may not open keys (Vault status 403)"));
    }

    @Test
    default void refusesTheWorkerThatWantsToSeal() {
        var workersSealer = new VaultSealer(vault().settings(Identity.WORKER));

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
        var rotator = vault().settings(Identity.ROTATOR);

        assertThat(new VaultUnsealer(rotator).unseal(sealed.ciphertext(), OWNER))
                .isInstanceOf(Unsealed.Refused.class);
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> new VaultSealer(rotator).seal(CANARY, OWNER));
    }

    @Test
    default void letsNobodyButTheRotatorRotate() {
        for (var identity : List.of(Identity.API, Identity.WORKER)) {
            assertThat(vault().caller(identity)
                            .post("/v1/transit/keys/latchkey/rotate", "{}")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    default void letsEveryIdentityLookItselfUp() {
        for (var identity : List.of(Identity.API, Identity.WORKER, Identity.ROTATOR)) {
            new VaultProbe(vault().settings(identity)).requireVault();
        }
    }

    @Test
    default void keepsAKeyReadableThroughRotationAndRewrapping() {
        var sealed = sealer().seal(CANARY, OWNER).ciphertext();

        int rotated = vault().caller(Identity.ROTATOR)
                .post("/v1/transit/keys/latchkey/rotate", "{}")
                .status();
        var rewrapped = rewrap(sealed);

        assertThat(rotated).isEqualTo(200);
        assertThat(version(rewrapped)).isEqualTo(version(sealed) + 1);
        assertThat(unsealer().unseal(sealed, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
        assertThat(unsealer().unseal(rewrapped, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
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
        assertThat(results.at("/0/plaintext").textValue()).isEqualTo(CANARY.reveal(VaultContract::base64));
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
