package dev.latchkey.api.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysConfigTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path state;

    @Test
    void findsWhatUpHasStarted() throws IOException {
        Files.createDirectories(state.resolve("latchkey"));
        Files.writeString(state.resolve("latchkey/rotator-token"), "token-of-up");

        var config = KeysConfig.from(Map.of("XDG_STATE_HOME", state.toString()), 1000);

        assertThat(config)
                .isEqualTo(new KeysConfig(
                        new DatabaseSettings("jdbc:postgresql://localhost:6432/latchkey", "postgres", "postgres", 2),
                        kafka("localhost:10092", "http://localhost:9081/apis/ccompat/v7"),
                        new VaultSettings(
                                URI.create("http://localhost:9200"),
                                new VaultLogin.FixedToken("token-of-up"),
                                "latchkey")));
    }

    @Test
    void believesTheEnvironmentFirst() {
        var config = KeysConfig.from(all(), 0);

        assertThat(config)
                .isEqualTo(new KeysConfig(
                        new DatabaseSettings("jdbc:postgresql://db/latchkey", "rotator", "secret", 2),
                        kafka("kafka:9092", "http://registry"),
                        new VaultSettings(URI.create("http://vault:8200"), new VaultLogin.FixedToken("t"), "other")));
    }

    /** What lies on this machine is of no use there. */
    @Test
    void wantsATokenForAVaultThatIsNamed() {
        var variables = all();
        variables.remove("LATCHKEY_VAULT_TOKEN");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> KeysConfig.from(variables, 0))
                .withMessage(
                        "environment variable LATCHKEY_VAULT_TOKEN is not set, and neither is LATCHKEY_VAULT_ROLE_ID");
    }

    @Test
    void wantsATokenWhereUpNeverRan() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> KeysConfig.from(Map.of("XDG_STATE_HOME", state.toString()), 0))
                .withMessage(
                        "environment variable LATCHKEY_VAULT_TOKEN is not set, and neither is LATCHKEY_VAULT_ROLE_ID");
    }

    private static Map<String, String> all() {
        return new HashMap<>(Map.of(
                "LATCHKEY_DATABASE_URL", "jdbc:postgresql://db/latchkey",
                "LATCHKEY_DATABASE_USER", "rotator",
                "LATCHKEY_DATABASE_PASSWORD", "secret",
                "LATCHKEY_DATABASE_POOL_SIZE", "20",
                "LATCHKEY_KAFKA", "kafka:9092",
                "LATCHKEY_REGISTRY_URL", "http://registry",
                "LATCHKEY_VAULT_ADDR", "http://vault:8200",
                "LATCHKEY_VAULT_TOKEN", "t",
                "LATCHKEY_TRANSIT_KEY", "other"));
    }

    private static KafkaSettings kafka(String bootstrap, String registry) {
        return new KafkaSettings(bootstrap, RegistryFormat.Settings.apicurio(URI.create(registry)));
    }
}
