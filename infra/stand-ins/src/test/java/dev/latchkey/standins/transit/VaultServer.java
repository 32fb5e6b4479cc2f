package dev.latchkey.standins.transit;

import dev.latchkey.sealing.vault.VaultSettings;
import dev.latchkey.standins.local.Caller;
import java.net.URI;
import java.util.Map;

/** A server that speaks Vault's API, and the tokens of the identities there. */
record VaultServer(URI address, Map<Identity, String> tokens) {
    static VaultServer of(DevTransit transit) {
        return new VaultServer(
                transit.address(),
                Map.of(
                        Identity.API, transit.token(Identity.API),
                        Identity.WORKER, transit.token(Identity.WORKER),
                        Identity.ROTATOR, transit.token(Identity.ROTATOR),
                        Identity.ROOT, transit.token(Identity.ROOT)));
    }

    VaultSettings settings(Identity identity) {
        return new VaultSettings(address, token(identity), "latchkey");
    }

    Caller caller(Identity identity) {
        return new Caller(address, "X-Vault-Token", token(identity));
    }

    private String token(Identity identity) {
        return tokens.getOrDefault(identity, "nobody");
    }
}
