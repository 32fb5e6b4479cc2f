package dev.latchkey.sealing.vault;

import dev.latchkey.runtime.StartRefused;
import dev.latchkey.sealing.VaultUnavailable;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Secrets that every instance of a service has from Vault and that are kept nowhere. */
public final class VaultSecret {
    private VaultSecret() {}

    /** The secret for a purpose: Vault's code of the purpose, the same until the key for fingerprints is rotated. */
    public static byte[] of(VaultSession session, String purpose) {
        var settings = session.settings();
        var transit = new Transit(session);
        try {
            var answer = transit.post(
                    "hmac", settings.fingerprintKey(), Map.of("input", Transit.base64("secret for " + purpose)));
            return transit.require(answer, "hmac").getBytes(StandardCharsets.UTF_8);
        } catch (VaultUnavailable e) {
            throw new StartRefused(
                    "Vault at " + settings.address() + " (" + VaultSettings.ADDRESS
                            + ") does not let this service make codes with the key " + settings.fingerprintKey()
                            + ": see infra/vault/policies",
                    e);
        }
    }
}
