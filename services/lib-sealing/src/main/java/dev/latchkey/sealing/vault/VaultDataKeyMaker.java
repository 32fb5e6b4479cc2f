package dev.latchkey.sealing.vault;

import dev.latchkey.sealing.DataKeyMaker;
import dev.latchkey.sealing.WrappedKey;
import java.util.Map;
import java.util.UUID;

/** Has Vault make data keys that nobody but Vault sees: it hands out the wrapped form alone. */
public final class VaultDataKeyMaker implements DataKeyMaker {
    private static final int BITS = 256;

    private final VaultSettings settings;
    private final Transit transit;

    public VaultDataKeyMaker(VaultSession session) {
        this.settings = session.settings();
        this.transit = new Transit(session);
    }

    @Override
    public WrappedKey make(UUID userId) {
        var answer = transit.post(
                "datakey/wrapped",
                settings.dataKey(),
                Map.of("context", Transit.base64(WrappedKey.context(userId)), "bits", BITS));
        return new WrappedKey(transit.require(answer, "ciphertext"), settings.dataKey());
    }
}
