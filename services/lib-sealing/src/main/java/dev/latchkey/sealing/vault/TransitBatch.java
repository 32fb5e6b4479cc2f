package dev.latchkey.sealing.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import dev.latchkey.sealing.VaultUnavailable;
import io.github.jopenlibs.vault.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation of the transit on many items with one request. */
record TransitBatch(Transit transit) {
    /** One field of every result, in the order of the items; empty for an item that Vault says an error of. */
    List<Optional<String>> run(String operation, String key, JsonArray items, String field) {
        if (items.isEmpty()) {
            return List.of();
        }
        var answer = transit.post(operation, key, Map.of("batch_input", items));
        var texts = new ArrayList<Optional<String>>();
        parsed(transit.require(answer, "batch_results"))
                .forEach(result ->
                        texts.add(Optional.ofNullable(result.get(field)).map(JsonNode::textValue)));
        if (texts.size() != items.size()) {
            throw new VaultUnavailable("Vault answers a batch of " + items.size() + " with " + texts.size());
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
}
