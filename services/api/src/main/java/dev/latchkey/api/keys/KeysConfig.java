package dev.latchkey.api.keys;

import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.OperatorSettings;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.runtime.StateHome;
import dev.latchkey.sealing.vault.VaultSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where the parts are and as whom to speak to them: what the environment says, and else what {@code up} has. */
record KeysConfig(DatabaseSettings database, KafkaSettings kafka, VaultSettings vault) {
    /** One to work with, and a second one that Flyway wants when it looks at the migrations. */
    private static final String CONNECTIONS = "2";

    private static final int VAULT_PORT = 8200;
    private static final String VAULT = "LATCHKEY_VAULT_ADDR";
    private static final String ROLE = "LATCHKEY_VAULT_ROLE_ID";
    private static final String TOKEN = "LATCHKEY_VAULT_TOKEN";

    static KeysConfig from(Map<String, String> environment, int portOffset) {
        var set = new Settings(environment);
        var variables = new HashMap<>(environment);
        variables.put("LATCHKEY_DATABASE_POOL_SIZE", CONNECTIONS);
        if (set.optional(VAULT).isEmpty()) {
            variables.put(VAULT, "http://localhost:" + (VAULT_PORT + portOffset));
            if (set.optional(TOKEN).or(() -> set.optional(ROLE)).isEmpty()) {
                variables.put(TOKEN, rotatorToken(StateHome.of(environment)));
            }
        }
        var settings = OperatorSettings.of(variables, portOffset);
        return new KeysConfig(
                DatabaseSettings.from(settings), KafkaSettings.from(settings), VaultSettings.from(settings));
    }

    /** What {@code up} leaves for this program. Nothing, if it never ran here: then a setting is missing. */
    private static String rotatorToken(Path state) {
        var file = state.resolve("rotator-token");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new StartRefused("the rotator's token in " + file + " can not be read", e);
        }
    }
}
