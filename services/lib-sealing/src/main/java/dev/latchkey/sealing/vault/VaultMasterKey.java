package dev.latchkey.sealing.vault;

import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Rewrapped;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A derived transit key, under an identity that may rotate it and rewrap, and neither encrypt nor decrypt. */
public final class VaultMasterKey implements MasterKey {
    private final String name;
    private final Transit transit;

    private VaultMasterKey(String name, VaultSession session) {
        this.name = name;
        this.transit = new Transit(session);
    }

    /** The one that users' API keys are sealed under. */
    public static VaultMasterKey ofApiKeys(VaultSession session) {
        return new VaultMasterKey(session.settings().transitKey(), session);
    }

    /** The one that users' data keys are wrapped under. */
    public static VaultMasterKey ofDataKeys(VaultSession session) {
        return new VaultMasterKey(session.settings().dataKey(), session);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Versions versions() {
        var key = transit.describe(name);
        return new Versions(number(key, "latest_version"), number(key, "min_decryption_version"));
    }

    @Override
    public void rotate() {
        change("rotate", Map.of());
    }

    @Override
    public void refuseBelow(int version) {
        change("config", Map.of("min_decryption_version", version));
    }

    @Override
    public List<Rewrapped> rewrap(List<Sealed> keys) {
        var items = new JsonArray();
        for (var key : keys) {
            items.add(
                    new JsonObject().add("ciphertext", key.ciphertext()).add("context", Transit.base64(key.context())));
        }
        return new TransitBatch(transit)
                .run("rewrap", name, items, "ciphertext").stream()
                        .map(text -> text.<Rewrapped>map(Rewrapped.Anew::new).orElseGet(Rewrapped.Refused::new))
                        .toList();
    }

    private void change(String what, Map<String, Object> body) {
        var answer = transit.post("keys", name + "/" + what, body);
        if (answer.status() != 200 && answer.status() != 204) {
            throw transit.refusal(answer.status());
        }
    }

    private int number(Transit.Answer answer, String field) {
        return Integer.parseInt(transit.require(answer, field));
    }
}
