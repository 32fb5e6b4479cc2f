package dev.latchkey.api.rewrap;

import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import dev.latchkey.sealing.vault.VaultLogin.SecretId;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.transit.DevTransit;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.standins.transit.RealVault;
import dev.latchkey.standins.transit.TransitState;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** The Vault of a running system, or what stands in for one, with Latchkey's keys and identities. */
public sealed interface SealingServer extends AutoCloseable {
    URI address();

    VaultLogin login(Identity identity);

    /** The same, for programs. */
    Map<String, String> variables(Identity identity);

    @Override
    void close();

    static SealingServer dev() {
        return new Dev(DevTransit.start(
                Listen.atAnyPort(), TransitState.inMemory(InstantSource.system(), Map.of()), "latchkey"));
    }

    /** Identities have tokens. */
    record Dev(DevTransit transit) implements SealingServer {
        @Override
        public URI address() {
            return transit.address();
        }

        @Override
        public VaultLogin login(Identity identity) {
            return new VaultLogin.FixedToken(transit.token(identity));
        }

        @Override
        public Map<String, String> variables(Identity identity) {
            return Map.of("LATCHKEY_VAULT_ADDR", address().toString(), "LATCHKEY_VAULT_TOKEN", transit.token(identity));
        }

        @Override
        public void close() {
            transit.close();
        }
    }

    /** Identities log in with their AppRoles. */
    record Real(RealVault vault) implements SealingServer {
        @Override
        public URI address() {
            return vault.address();
        }

        @Override
        public VaultLogin login(Identity identity) {
            return role(identity);
        }

        @Override
        public Map<String, String> variables(Identity identity) {
            var role = role(identity);
            var secret = role.secretId() instanceof SecretId.Text(var text) ? text : "";
            return Map.of(
                    "LATCHKEY_VAULT_ADDR",
                    address().toString(),
                    "LATCHKEY_VAULT_ROLE_ID",
                    role.roleId(),
                    "LATCHKEY_VAULT_SECRET_ID",
                    secret);
        }

        @Override
        public void close() {
            vault.close();
        }

        private AppRole role(Identity identity) {
            return vault.role("latchkey-" + identity.name().toLowerCase(Locale.ROOT));
        }
    }
}
