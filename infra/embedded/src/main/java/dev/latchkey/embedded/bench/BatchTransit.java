package dev.latchkey.embedded.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The transit of a stack, asked for many things at a time by somebody who may do everything. */
record BatchTransit(HttpClient http, URI address, String token) {
    /** As many as the rewrap takes. */
    static final int BATCH = 250;

    /** A key that is sealed for its owner. */
    record Sealed(UUID userId, UUID credentialId, String ciphertext) {
        String context() {
            return userId + "/" + credentialId;
        }
    }

    static BatchTransit of(Stack stack, String token) {
        return new BatchTransit(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                URI.create(stack.ports().url(Listener.TRANSIT)),
                token);
    }

    List<String> encrypt(List<String> plaintexts, List<String> contexts) throws IOException, InterruptedException {
        var batch = new ArrayList<Map<String, String>>();
        for (int i = 0; i < plaintexts.size(); i++) {
            batch.add(Map.of("plaintext", base64(plaintexts.get(i)), "context", base64(contexts.get(i))));
        }
        return texts("encrypt/latchkey", batch, "ciphertext");
    }

    List<String> hmac(List<String> texts) throws IOException, InterruptedException {
        var batch = texts.stream().map(text -> Map.of("input", base64(text))).toList();
        return texts("hmac/latchkey-fingerprint", batch, "hmac");
    }

    /** Batch after batch. */
    void rewrap(List<Sealed> keys) throws IOException, InterruptedException {
        for (int from = 0; from < keys.size(); from += BATCH) {
            var batch = keys.subList(from, Math.min(keys.size(), from + BATCH)).stream()
                    .map(key -> Map.of("ciphertext", key.ciphertext(), "context", base64(key.context())))
                    .toList();
            texts("rewrap/latchkey", batch, "ciphertext");
        }
    }

    private List<String> texts(String path, List<Map<String, String>> batch, String field)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("/v1/transit/" + path))
                .header("X-Vault-Token", token)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(Map.of("batch_input", batch))))
                .build();
        var response = http.send(request, BodyHandlers.ofByteArray());
        var results = Json.MAPPER.readTree(response.body()).at("/data/batch_results");
        var texts = new ArrayList<String>();
        results.forEach(result -> texts.add(text(result, field)));
        if (texts.size() != batch.size()) {
            throw new IllegalStateException("the transit answers " + path + " with status " + response.statusCode());
        }
        return texts;
    }

    private static String text(JsonNode result, String field) {
        if (!result.hasNonNull(field)) {
            throw new IllegalStateException("the transit has no " + field + " for one of a batch");
        }
        return result.get(field).textValue();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
