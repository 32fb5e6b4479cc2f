package dev.latchkey.sealing.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.StartRefused;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VaultProbeTest {
    @Test
    void isContentWithAVaultThatKnowsTheToken() {
        try (var vault = FixedVault.answering(200)) {
            assertThatCode(() -> new VaultProbe(vault.settings()).requireVault())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, does not accept the token in LATCHKEY_VAULT_TOKEN",
        "503, is sealed",
        "404, answers with status 404",
    })
    void refusesToStartInOneSentence(int status, String complaint) {
        try (var vault = FixedVault.answering(status)) {
            var settings = vault.settings();

            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> new VaultProbe(settings).requireVault())
                    .withMessage("Vault at " + settings.address() + " (LATCHKEY_VAULT_ADDR) " + complaint);
        }
    }

    @Test
    void refusesToStartWithoutAVault() {
        var vault = FixedVault.answering(200);
        var settings = vault.settings();
        vault.close();

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new VaultProbe(settings).requireVault())
                .withMessage("Vault at " + settings.address() + " (LATCHKEY_VAULT_ADDR) does not answer");
    }

    @Test
    void noticesAVaultThatGoesAndComesBack() {
        try (var vault = FixedVault.answering(200);
                var watch = VaultWatch.start(new VaultProbe(vault.settings()), Duration.ofMillis(20))) {
            assertThat(watch.getAsBoolean()).isTrue();

            vault.answerFromNowOn(503);
            Awaitility.await().until(() -> !watch.getAsBoolean());

            vault.answerFromNowOn(200);
            Awaitility.await().until(watch::getAsBoolean);
        }
    }
}
