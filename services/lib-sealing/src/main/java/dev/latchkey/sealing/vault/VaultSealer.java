package dev.latchkey.sealing.vault;

import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Sealer;
import java.util.Map;

/**
 * Seals with a derived transit key, so that Vault itself ties every ciphertext to user and credential; where the key may go is
 * inside.
 */
public final class VaultSealer implements Sealer {
    private final VaultSettings settings;
    private final Transit transit;

    public VaultSealer(VaultSession session) {
        this.settings = session.settings();
        this.transit = new Transit(session);
    }

    @Override
    public SealedKey seal(ApiKey key, KeyOwner owner) {
        var context = Transit.base64(owner.context());
        var answer = transit.post(
                "encrypt",
                settings.transitKey(),
                Map.of("plaintext", key.reveal(text -> Transit.base64(owner.sealable(text))), "context", context));
        return new SealedKey(transit.require(answer, "ciphertext"), settings.transitKey());
    }

    @Override
    public String fingerprint(SealedKey sealedKey) {
        var answer = transit.post(
                "hmac", settings.fingerprintKey(), Map.of("input", Transit.base64(sealedKey.ciphertext())));
        return transit.require(answer, "hmac");
    }
}
