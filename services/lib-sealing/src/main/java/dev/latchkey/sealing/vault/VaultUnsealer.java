package dev.latchkey.sealing.vault;

import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import java.util.Map;

/** Opens what {@link VaultSealer} sealed, under an identity that may decrypt. */
public final class VaultUnsealer implements Unsealer {
    private final VaultSettings settings;
    private final Transit transit;

    public VaultUnsealer(VaultSession session) {
        this.settings = session.settings();
        this.transit = new Transit(session);
    }

    @Override
    public Unsealed unseal(SealedKey key, KeyOwner owner) {
        return key.encryptionKeyId().equals(settings.transitKey())
                ? decrypted(key.ciphertext(), owner)
                : Unsealed.Refused.underAnotherMasterKey();
    }

    private Unsealed decrypted(String ciphertext, KeyOwner owner) {
        var answer = transit.post(
                "decrypt",
                settings.transitKey(),
                Map.of("ciphertext", ciphertext, "context", Transit.base64(owner.context())));
        return answer.status() == 400
                ? new Unsealed.Refused("the sealed key does not open for this owner (Vault status 400)")
                : owner.opened(Transit.text(transit.require(answer, "plaintext")));
    }
}
