package dev.latchkey.standins.transit;

import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultSettings;
import dev.latchkey.standins.local.Caller;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A server that speaks Vault's API and is prepared for Latchkey, with a session of each identity there. */
final class VaultServer {
    private final URI address;
    private final Ids ids;
    private final Map<Identity, VaultSession> sessions = new EnumMap<>(Identity.class);

    /**
     * Who gets in, and with what.
     *
     * @param brief a worker whose tokens live for two seconds, and four at most
     * @param unsealKey blank when it is not known
     */
    record Ids(String rootToken, Map<Identity, AppRole> roles, AppRole brief, String unsealKey) {}

    VaultServer(URI address, Ids ids) {
        this.address = address;
        this.ids = ids;
        ids.roles().forEach((identity, role) -> sessions.put(identity, VaultSession.open(settings(role))));
    }

    Ids ids() {
        return ids;
    }

    VaultSession session(Identity identity) {
        return Objects.requireNonNull(sessions.get(identity));
    }

    VaultSettings settings(VaultLogin login) {
        return new VaultSettings(address, login, "latchkey");
    }

    Caller root() {
        return callerWith(ids.rootToken());
    }

    /** Has a new token of an identity. */
    Caller caller(Identity identity) {
        var token = logIn(role(identity)).json().at("/auth/client_token").asText();
        return callerWith(token);
    }

    Caller.Answer logIn(AppRole role) {
        var secret = role.secretId() instanceof VaultLogin.SecretId.Text(var text) ? text : "";
        return callerWith("none")
                .post(
                        "/v1/auth/approle/login",
                        "{\"role_id\": \"%s\", \"secret_id\": \"%s\"}".formatted(role.roleId(), secret));
    }

    AppRole role(Identity identity) {
        return Objects.requireNonNull(ids.roles().get(identity));
    }

    /** As an operator does who suspects that a token was stolen. */
    int revokeLogins() {
        return root().put("/v1/sys/leases/revoke-prefix/auth/approle/login", "{}")
                .status();
    }

    int seal() {
        return root().put("/v1/sys/seal", "{}").status();
    }

    int unseal() {
        return root().put("/v1/sys/unseal", "{\"key\": \"%s\"}".formatted(ids.unsealKey()))
                .status();
    }

    Caller callerWith(String token) {
        return new Caller(address, "X-Vault-Token", token);
    }
}
