package dev.latchkey.sealing.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VaultSettingsTest {
    @Test
    void hasADefaultForTheKeyOnly() {
        var settings = VaultSettings.from(
                new Settings(Map.of("LATCHKEY_VAULT_ADDR", "http://vault:8200", "LATCHKEY_VAULT_TOKEN", "hvs.secret")));

        assertThat(settings).isEqualTo(new VaultSettings(URI.create("http://vault:8200"), "hvs.secret", "latchkey"));
        assertThat(settings.fingerprintKey()).isEqualTo("latchkey-fingerprint");
    }

    @Test
    void needsAnAddressAndAToken() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> VaultSettings.from(new Settings(Map.of())))
                .withMessage("environment variable LATCHKEY_VAULT_ADDR is not set");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(
                        () -> VaultSettings.from(new Settings(Map.of("LATCHKEY_VAULT_ADDR", "http://localhost:8200"))))
                .withMessage("environment variable LATCHKEY_VAULT_TOKEN is not set");
    }

    @Test
    void takesNoKeyNameThatWouldBeAnotherPath() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new VaultSettings(URI.create("http://vault:8200"), "t", "../sys/seal"))
                .withMessageContaining("LATCHKEY_TRANSIT_KEY");
    }

    @Test
    void neverPrintsTheToken() {
        assertThat(new VaultSettings(URI.create("http://vault:8200"), "hvs.secret", "latchkey"))
                .hasToString("VaultSettings[address=http://vault:8200, transitKey=latchkey]");
    }
}
