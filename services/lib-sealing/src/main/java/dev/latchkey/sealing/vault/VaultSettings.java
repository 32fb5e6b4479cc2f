package dev.latchkey.sealing.vault;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where Vault is and as whom to speak to it.
 *
 * @param transitKey name of the derived key that seals; the key for fingerprints has this name with {@code -fingerprint},
 *     the one that wraps users' data keys with {@code -data}
 */
public record VaultSettings(URI address, VaultLogin login, String transitKey) {
    static final String ADDRESS = "LATCHKEY_VAULT_ADDR";
    static final String TRANSIT_KEY = "LATCHKEY_TRANSIT_KEY";
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,49}");

    public VaultSettings {
        if (!KEY_NAME.matcher(transitKey).matches()) {
            throw new StartRefused("environment variable " + TRANSIT_KEY
                    + " must be 1 to 50 letters, digits, dots, hyphens or underscores, not " + transitKey);
        }
    }

    public static VaultSettings from(Settings settings) {
        return new VaultSettings(
                settings.uri(ADDRESS), VaultLogin.from(settings), settings.text(TRANSIT_KEY, "latchkey"));
    }

    String fingerprintKey() {
        return transitKey + "-fingerprint";
    }

    String dataKey() {
        return transitKey + "-data";
    }
}
