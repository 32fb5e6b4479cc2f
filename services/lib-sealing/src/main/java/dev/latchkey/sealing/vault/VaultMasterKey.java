package dev.latchkey.sealing.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.Rewrapped;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.VaultUnavailable;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The derived transit key, under an identity that may rotate it and rewrap, and neither encrypt nor decrypt. */
public final class VaultMasterKey implements MasterKey {
    private final VaultSettings settings;
    private final Transit transit;

    public VaultMasterKey(VaultSession session) {
        this.settings = session.settings();
        this.transit = new Transit(session);
    }

    @Override
    public String name() {
        return settings.transitKey();
    }

    @Override
    public Versions versions() {
        var key = transit.describe(name());
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
        var ciphertexts = rewrappedOrNot(keys);
        var fingerprints = fingerprints(ciphertexts).iterator();
        return ciphertexts.stream()
                .map(ciphertext -> ciphertext
                        .<Rewrapped>map(text -> new Rewrapped.Anew(new SealedKey(text, name()), fingerprints.next()))
                        .orElseGet(Rewrapped.Refused::new))
                .toList();
    }

    private List<Optional<String>> rewrappedOrNot(List<Sealed> keys) {
        var batch = new JsonArray();
        for (var key : keys) {
            batch.add(new JsonObject()
                    .add("ciphertext", key.ciphertext())
                    .add("context", Transit.base64(key.owner().context())));
        }
        return texts("rewrap", name(), batch, "ciphertext");
    }

    private List<String> fingerprints(List<Optional<String>> ciphertexts) {
        var batch = new JsonArray();
        for (var ciphertext : ciphertexts) {
            ciphertext.ifPresent(text -> batch.add(new JsonObject().add("input", Transit.base64(text))));
        }
        return batch.isEmpty()
                ? List.of()
                : texts("hmac", settings.fingerprintKey(), batch, "hmac").stream()
                        .map(hmac -> hmac.orElseThrow(() -> transit.refusal(400)))
                        .toList();
    }

    /** One field of every result, in the order of the batch; empty for an item that Vault says an error of. */
    private List<Optional<String>> texts(String operation, String key, JsonArray batch, String field) {
        var answer = transit.post(operation, key, Map.of("batch_input", batch));
        var texts = new ArrayList<Optional<String>>();
        parsed(transit.require(answer, "batch_results"))
                .forEach(result ->
                        texts.add(Optional.ofNullable(result.get(field)).map(JsonNode::textValue)));
        if (texts.size() != batch.size()) {
            throw new VaultUnavailable("Vault answers a batch of " + batch.size() + " with " + texts.size());
        }
        return texts;
    }

    /** The cause is left out: a parser's message quotes. */
    private static JsonNode parsed(String results) {
        try {
            return Json.MAPPER.readTree(results);
        } catch (JsonProcessingException e) {
            throw new VaultUnavailable("Vault answers a batch with what is no JSON");
        }
    }

    private void change(String what, Map<String, Object> body) {
        var answer = transit.post("keys", name() + "/" + what, body);
        if (answer.status() != 200 && answer.status() != 204) {
            throw transit.refusal(answer.status());
        }
    }

    private int number(Transit.Answer answer, String field) {
        return Integer.parseInt(transit.require(answer, field));
    }
}
