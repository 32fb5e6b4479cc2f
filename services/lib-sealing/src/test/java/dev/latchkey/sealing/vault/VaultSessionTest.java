package dev.latchkey.sealing.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator hears at the start, and when a service is ready; how tokens live and end is in the contract that the stand-ins run. */
final class VaultSessionTest {
    private static final VaultLogin ROLE = new VaultLogin.AppRole("role", new VaultLogin.SecretId.Text("secret"));

    @TempDir
    private Path directory;

    @Test
    void isContentWithAVaultThatKnowsTheToken() {
        try (var vault = FixedVault.answering(200)) {
            assertThat(VaultSession.open(vault.settings()).look()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, does not accept the token in LATCHKEY_VAULT_TOKEN",
        "503, is sealed",
        "404, answers with status 404",
    })
    void refusesToStartInOneSentence(int status, String complaint) {
        try (var vault = FixedVault.answering(200)) {
            vault.answerAboutTokensFromNowOn(status);
            var settings = vault.settings();

            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> VaultSession.open(settings))
                    .withMessage("Vault at " + settings.address() + " (LATCHKEY_VAULT_ADDR) " + complaint);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, does not let the role in LATCHKEY_VAULT_ROLE_ID log in with the secret id in LATCHKEY_VAULT_SECRET_ID",
        "403, does not let the role in LATCHKEY_VAULT_ROLE_ID log in with the secret id in LATCHKEY_VAULT_SECRET_ID",
        "503, is sealed",
        "200, answers with status 200",
    })
    void refusesToStartWithoutALogin(int status, String complaint) {
        try (var vault = FixedVault.answering(200)) {
            vault.answerAboutTokensFromNowOn(status);
            var settings = vault.settings(ROLE);

            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> VaultSession.open(settings))
                    .withMessage("Vault at " + settings.address() + " (LATCHKEY_VAULT_ADDR) " + complaint);
        }
    }

    @Test
    void refusesToStartWithoutTheFileOfTheSecretId() {
        var file = new VaultLogin.SecretId.InFile(directory.resolve("secret-id"));
        try (var vault = FixedVault.answering(200)) {
            var settings = vault.settings(new VaultLogin.AppRole("role", file));

            assertThatExceptionOfType(StartRefused.class)
                    .isThrownBy(() -> VaultSession.open(settings))
                    .withMessage(
                            "Vault at " + settings.address() + " (LATCHKEY_VAULT_ADDR) can not be asked: the file in"
                                    + " LATCHKEY_VAULT_SECRET_ID_FILE can not be read");
        }
    }

    @Test
    void refusesToStartWithoutAVault() {
        var vault = FixedVault.answering(200);
        var settings = vault.settings();
        vault.close();

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> VaultSession.open(settings))
                .withMessage("Vault at " + settings.address() + " (LATCHKEY_VAULT_ADDR) does not answer");
    }

    @Test
    void noticesAVaultThatGoesAndComesBack() {
        try (var vault = FixedVault.answering(200);
                var watch = VaultWatch.start(vault.session(), Duration.ofMillis(20))) {
            assertThat(watch.getAsBoolean()).isTrue();

            vault.answerAboutTokensFromNowOn(503);
            Awaitility.await().until(() -> !watch.getAsBoolean());

            vault.answerAboutTokensFromNowOn(200);
            Awaitility.await().until(watch::getAsBoolean);
        }
    }
}
