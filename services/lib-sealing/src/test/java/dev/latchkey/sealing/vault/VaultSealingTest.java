package dev.latchkey.sealing.vault;

import static dev.latchkey.sealing.SealingContract.CANARY;
import static dev.latchkey.sealing.SealingContract.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.VaultUnavailable;
import dev.latchkey.sealing.WrappedKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each status; what a whole Vault does is in the contract that the stand-ins run. */
final class VaultSealingTest {
    private static final SealedKey SEALED = new SealedKey("vault:v1:AAAA", "latchkey");
    private static final WrappedKey WRAPPED = new WrappedKey("vault:v1:AAAA", "latchkey-data");

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 403, 404, 412, 429, 500, 502, 503})
    void sealsNothingWithoutACiphertextFromVault(int status) {
        try (var vault = FixedVault.answering(status)) {
            var sealer = new VaultSealer(vault.session());

            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> sealer.seal(CANARY, OWNER))
                    .withMessage("Vault at " + vault.settings().address() + " refuses with status " + status);
        }
    }

    @Test
    void sealsFingerprintsAndOpensWithTheKeysThatThePoliciesName() {
        try (var vault = FixedVault.answering(403)) {
            var sealer = new VaultSealer(vault.session());

            assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(() -> sealer.seal(CANARY, OWNER));
            assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(() -> sealer.fingerprint(SEALED));
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> new VaultUnsealer(vault.session()).unseal(SEALED, OWNER));

            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> new VaultDataKeyMaker(vault.session()).make(OWNER.userId()));
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> new VaultDataKeyOpener(vault.session()).unwrap(WRAPPED, OWNER.userId()));

            assertThat(vault.asked())
                    .containsExactly(
                            "/v1/transit/encrypt/latchkey",
                            "/v1/transit/hmac/latchkey-fingerprint",
                            "/v1/transit/decrypt/latchkey",
                            "/v1/transit/datakey/wrapped/latchkey-data",
                            "/v1/transit/decrypt/latchkey-data");
        }
    }

    @Test
    void startsNothingWithoutASecretFromVault() {
        try (var vault = FixedVault.answering(403)) {
            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> VaultSecret.of(vault.session(), "tests"))
                    .withMessage("Vault at " + vault.settings().address() + " (LATCHKEY_VAULT_ADDR) does not let this"
                            + " service make codes with the key latchkey-fingerprint: see infra/vault/policies");
            assertThat(vault.asked()).containsExactly("/v1/transit/hmac/latchkey-fingerprint");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 403, 404, 412, 429, 500, 502, 503})
    void canNotSayWhetherAKeyOpensWhenVaultDoesNot(int status) {
        try (var vault = FixedVault.answering(status)) {
            var unsealer = new VaultUnsealer(vault.session());

            assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(() -> unsealer.unseal(SEALED, OWNER));
        }
    }

    @Test
    void takesABadCiphertextForFinal() {
        try (var vault = FixedVault.answering(400)) {
            var unsealed = new VaultUnsealer(vault.session()).unseal(SEALED, OWNER);

            assertThat(unsealed).isInstanceOf(Unsealed.Refused.class);
        }
    }

    @Test
    void asksVaultForNothingThatAnotherMasterKeySealed() {
        try (var vault = FixedVault.answering(400)) {
            new VaultUnsealer(vault.session()).unseal(new SealedKey("vault:v1:AAAA", "latchkey-data"), OWNER);
            new VaultDataKeyOpener(vault.session()).unwrap(new WrappedKey("vault:v1:AAAA", "latchkey"), OWNER.userId());

            assertThat(vault.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500, 503})
    void keepsTheKeyOutOfTheFailureThatVaultQuotesItIn(int status) {
        var encoded = CANARY.reveal(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        var trace = new StringWriter();
        try (var vault = FixedVault.answering(status)) {
            var sealer = new VaultSealer(vault.session());

            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> sealer.seal(CANARY, OWNER))
                    .satisfies(failure -> failure.printStackTrace(new PrintWriter(trace)));
        }

        assertThat(trace.toString()).doesNotContain(encoded, "hvs.secret");
    }

    @Test
    void leavesAnInterruptedThreadInterrupted() {
        try (var vault = FixedVault.answering(200)) {
            var sealer = new VaultSealer(vault.session());
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(() -> sealer.seal(CANARY, OWNER));

            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
