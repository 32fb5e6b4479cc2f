package dev.latchkey.sealing.vault;

import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.WrappedKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** Opens what {@link VaultDataKeyMaker} had wrapped, under an identity that may decrypt it. */
public final class VaultDataKeyOpener implements DataKeyOpener {
    private final VaultSettings settings;
    private final Transit transit;

    public VaultDataKeyOpener(VaultSession session) {
        this.settings = session.settings();
        this.transit = new Transit(session);
    }

    @Override
    public Unwrapped unwrap(WrappedKey key, UUID userId) {
        return key.encryptionKeyId().equals(settings.dataKey())
                ? decrypted(key.ciphertext(), userId)
                : Unwrapped.Refused.underAnotherMasterKey();
    }

    private Unwrapped decrypted(String ciphertext, UUID userId) {
        var answer = transit.post(
                "decrypt",
                settings.dataKey(),
                Map.of("ciphertext", ciphertext, "context", Transit.base64(WrappedKey.context(userId))));
        return answer.status() == 400
                ? new Unwrapped.Refused("the data key does not open for this user (Vault status 400)")
                : new Unwrapped.Opened(dataKey(transit.require(answer, "plaintext")));
    }

    private static DataKey dataKey(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        try {
            return new DataKey(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
