package dev.latchkey.sealing.vault;

import dev.latchkey.sealing.Fingerprints;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import java.util.List;

/** The fingerprints that {@link VaultSealer} makes, many with one request. */
public final class VaultFingerprints implements Fingerprints {
    private final VaultSettings settings;
    private final Transit transit;

    public VaultFingerprints(VaultSession session) {
        this.settings = session.settings();
        this.transit = new Transit(session);
    }

    @Override
    public List<String> of(List<String> ciphertexts) {
        var items = new JsonArray();
        ciphertexts.forEach(text -> items.add(new JsonObject().add("input", Transit.base64(text))));
        return new TransitBatch(transit)
                .run("hmac", settings.fingerprintKey(), items, "hmac").stream()
                        .map(hmac -> hmac.orElseThrow(() -> transit.refusal(400)))
                        .toList();
    }
}
