package dev.latchkey.sealing.vault;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import java.nio.file.Path;
import java.util.Optional;

/** How a service comes to its token. Prints no secret. */
public sealed interface VaultLogin {
    String TOKEN = "LATCHKEY_VAULT_TOKEN";
    String ROLE_ID = "LATCHKEY_VAULT_ROLE_ID";

    /** A token that somebody else made. It is renewed; when Vault does not know it any more, there is no other. */
    record FixedToken(String token) implements VaultLogin {
        @Override
        public String toString() {
            return "FixedToken[redacted]";
        }
    }

    /** The ids of an AppRole, which give a new token whenever one is needed. */
    record AppRole(String roleId, SecretId secretId) implements VaultLogin {
        @Override
        public String toString() {
            return "AppRole[redacted]";
        }
    }

    /** Throws StartRefused unless exactly one way is set. */
    static VaultLogin from(Settings settings) {
        var token = settings.optional(TOKEN);
        var role = settings.optional(ROLE_ID).or(() -> SecretId.nameOfOneSet(settings));
        if (token.isPresent() && role.isPresent()) {
            throw new StartRefused("environment variable " + TOKEN
                    + " is set beside those of an AppRole; one way to log in" + " is enough");
        }
        if (token.isEmpty() && role.isEmpty()) {
            throw new StartRefused("environment variable " + TOKEN + " is not set, and neither is " + ROLE_ID);
        }
        return token.<VaultLogin>map(FixedToken::new)
                .orElseGet(() -> new AppRole(settings.text(ROLE_ID), SecretId.from(settings)));
    }

    /** The secret half of an AppRole's ids. */
    sealed interface SecretId {
        String SECRET_ID = "LATCHKEY_VAULT_SECRET_ID";
        String SECRET_ID_FILE = "LATCHKEY_VAULT_SECRET_ID_FILE";

        record Text(String text) implements SecretId {
            @Override
            public String toString() {
                return "Text[redacted]";
            }
        }

        /** Read at every login, so that an operator can replace what is in it. */
        record InFile(Path path) implements SecretId {}

        /** The setting to look at when Vault does not take it. */
        default String setting() {
            return switch (this) {
                case Text _ -> SECRET_ID;
                case InFile _ -> SECRET_ID_FILE;
            };
        }

        private static Optional<String> nameOfOneSet(Settings settings) {
            return settings.optional(SECRET_ID).or(() -> settings.optional(SECRET_ID_FILE));
        }

        private static SecretId from(Settings settings) {
            var text = settings.optional(SECRET_ID);
            var file = settings.optional(SECRET_ID_FILE);
            if (text.isPresent() && file.isPresent()) {
                throw new StartRefused("environment variables " + SECRET_ID + " and " + SECRET_ID_FILE
                        + " are both set;" + " one is enough");
            }
            return text.<SecretId>map(Text::new)
                    .or(() -> file.map(Path::of).map(InFile::new))
                    .orElseThrow(() -> new StartRefused(
                            "environment variable " + SECRET_ID + " is not set, and neither is " + SECRET_ID_FILE));
        }
    }
}
