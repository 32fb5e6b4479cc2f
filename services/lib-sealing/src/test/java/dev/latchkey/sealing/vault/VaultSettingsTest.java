package dev.latchkey.sealing.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import dev.latchkey.sealing.vault.VaultLogin.FixedToken;
import dev.latchkey.sealing.vault.VaultLogin.SecretId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VaultSettingsTest {
    private static final URI VAULT = URI.create("http://vault:8200");

    @Test
    void hasADefaultForTheKeyOnly() {
        var settings = settings(Map.of("LATCHKEY_VAULT_TOKEN", "hvs.secret"));

        assertThat(settings).isEqualTo(new VaultSettings(VAULT, new FixedToken("hvs.secret"), "latchkey"));
        assertThat(settings.fingerprintKey()).isEqualTo("latchkey-fingerprint");
        assertThat(settings.dataKey()).isEqualTo("latchkey-data");
    }

    @Test
    void takesTheIdsOfAnAppRole() {
        assertThat(settings(Map.of("LATCHKEY_VAULT_ROLE_ID", "r", "LATCHKEY_VAULT_SECRET_ID", "s"))
                        .login())
                .isEqualTo(new AppRole("r", new SecretId.Text("s")));
        assertThat(settings(Map.of("LATCHKEY_VAULT_ROLE_ID", "r", "LATCHKEY_VAULT_SECRET_ID_FILE", "/run/s"))
                        .login())
                .isEqualTo(new AppRole("r", new SecretId.InFile(Path.of("/run/s"))));
    }

    @Test
    void needsAnAddress() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> VaultSettings.from(new Settings(Map.of())))
                .withMessage("environment variable LATCHKEY_VAULT_ADDR is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'environment variable LATCHKEY_VAULT_TOKEN is not set, and neither is LATCHKEY_VAULT_ROLE_ID'",
        "ROLE_ID, 'environment variable LATCHKEY_VAULT_SECRET_ID is not set, and neither is LATCHKEY_VAULT_SECRET_ID_FILE'",
        "SECRET_ID, environment variable LATCHKEY_VAULT_ROLE_ID is not set",
        "SECRET_ID_FILE, environment variable LATCHKEY_VAULT_ROLE_ID is not set",
        "ROLE_ID SECRET_ID SECRET_ID_FILE, "
                + "'environment variables LATCHKEY_VAULT_SECRET_ID and LATCHKEY_VAULT_SECRET_ID_FILE are both set; one is enough'",
        "TOKEN ROLE_ID, "
                + "'environment variable LATCHKEY_VAULT_TOKEN is set beside those of an AppRole; one way to log in is enough'",
        "TOKEN SECRET_ID, "
                + "'environment variable LATCHKEY_VAULT_TOKEN is set beside those of an AppRole; one way to log in is enough'",
        "TOKEN SECRET_ID_FILE, "
                + "'environment variable LATCHKEY_VAULT_TOKEN is set beside those of an AppRole; one way to log in is enough'",
    })
    void needsExactlyOneWayToLogIn(String names, String complaint) {
        var set = new HashMap<String, String>();
        for (var name : names.split(" ", -1)) {
            set.put("LATCHKEY_VAULT_" + name, "hidden");
        }

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> settings(set))
                .withMessage(complaint);
    }

    @Test
    void takesNoKeyNameThatWouldBeAnotherPath() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new VaultSettings(VAULT, new FixedToken("t"), "../sys/seal"))
                .withMessageContaining("LATCHKEY_TRANSIT_KEY");
    }

    @Test
    void neverPrintsASecret() {
        var token = new VaultSettings(VAULT, new FixedToken("hidden"), "latchkey");
        var text = new VaultSettings(VAULT, new AppRole("hidden", new SecretId.Text("hidden")), "latchkey");

        assertThat(token)
                .hasToString(
                        "VaultSettings[address=http://vault:8200, login=FixedToken[redacted], transitKey=latchkey]");
        assertThat(text.toString() + new SecretId.Text("hidden")).doesNotContain("hidden");
        assertThat(new TokenAnswer.Good("hidden", Duration.ZERO)).hasToString("Good[left=PT0S]");
    }

    private static VaultSettings settings(Map<String, String> more) {
        var variables = new HashMap<>(more);
        variables.put("LATCHKEY_VAULT_ADDR", VAULT.toString());
        return VaultSettings.from(new Settings(variables));
    }
}
