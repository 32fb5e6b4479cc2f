package dev.latchkey.sealing.vault;

import static dev.latchkey.sealing.SealingContract.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.VaultUnavailable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each status; what a whole Vault does is in the contract that the stand-ins run. */
final class VaultMasterKeyTest {
    private static final List<MasterKey.Sealed> ONE = List.of(new MasterKey.Sealed("vault:v1:AAAA", OWNER.context()));

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 403, 404, 412, 429, 500, 502, 503})
    void takesNothingForDoneThatVaultDoesNotSayItDid(int status) {
        try (var vault = FixedVault.answering(status)) {
            var key = VaultMasterKey.ofApiKeys(vault.session());

            assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(() -> key.rewrap(ONE));
            assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(key::versions);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 412, 429, 500, 502, 503})
    void takesNoChangeOfTheKeyForDoneThatVaultRefuses(int status) {
        try (var vault = FixedVault.answering(status)) {
            var key = VaultMasterKey.ofApiKeys(vault.session());
            var sentence = "Vault at " + vault.settings().address() + " refuses with status " + status;

            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(key::rotate)
                    .withMessage(sentence);
            assertThatExceptionOfType(VaultUnavailable.class)
                    .isThrownBy(() -> key.refuseBelow(2))
                    .withMessage(sentence);
        }
    }

    @Test
    void asksForWhatThePolicyNames() {
        try (var vault = FixedVault.answering(204)) {
            var key = VaultMasterKey.ofApiKeys(vault.session());

            ask(key);

            assertThat(vault.asked())
                    .containsExactly(
                            "/v1/transit/keys/latchkey/rotate",
                            "/v1/transit/keys/latchkey/config",
                            "/v1/transit/rewrap/latchkey",
                            "/v1/transit/keys/latchkey");
        }
    }

    @Test
    void asksForTheOtherMasterKeyLikewise() {
        try (var vault = FixedVault.answering(204)) {
            var key = VaultMasterKey.ofDataKeys(vault.session());

            ask(key);

            assertThat(vault.asked())
                    .containsExactly(
                            "/v1/transit/keys/latchkey-data/rotate",
                            "/v1/transit/keys/latchkey-data/config",
                            "/v1/transit/rewrap/latchkey-data",
                            "/v1/transit/keys/latchkey-data");
        }
    }

    private static void ask(MasterKey key) {
        key.rotate();
        key.refuseBelow(2);
        assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(() -> key.rewrap(ONE));
        assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(key::versions);
    }
}
