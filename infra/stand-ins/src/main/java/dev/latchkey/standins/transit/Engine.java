package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The transit engine: what each operation does with a key and a request's body. */
final class Engine {
    private final TransitState state;
    private final KeyCipher cipher;

    Engine(TransitState state, SecureRandom random) {
        this.state = state;
        this.cipher = new KeyCipher(random);
    }

    Reply run(Operation operation, String name, JsonNode request) {
        return switch (operation) {
            case CREATE -> create(name, request);
            case READ -> state.key(name).map(Engine::described).orElseGet(() -> Reply.error(404));
            case ROTATE -> state.rotate(name).map(Engine::described).orElseGet(() -> Reply.error(400, "key not found"));
            case ENCRYPT, DECRYPT, REWRAP, HMAC ->
                state.key(name)
                        .map(key -> items(operation, key).process(request))
                        .orElseGet(() -> Reply.error(400, "encryption key not found"));
        };
    }

    private Reply create(String name, JsonNode request) {
        var type = request.path("type").asText("aes256-gcm96");
        if (!type.equals("aes256-gcm96")) {
            return Reply.error(400, "unknown key type " + type.replaceAll("[^a-z0-9-]", "?"));
        }
        return described(state.create(name, request.path("derived").asBoolean()));
    }

    private Items items(Operation operation, TransitKey key) {
        return switch (operation) {
            case ENCRYPT -> new Items(item -> encrypted(key, item), 400);
            case DECRYPT -> new Items(item -> decrypted(key, item), 400);
            case REWRAP -> new Items(item -> rewrapped(key, item), 200);
            case HMAC -> new Items(item -> code(key, item), 200);
            case CREATE, READ, ROTATE -> throw new IllegalArgumentException(operation + " has no items");
        };
    }

    private Map<String, Object> encrypted(TransitKey key, Item item) {
        byte[] plaintext = item.bytes("plaintext", "missing plaintext to encrypt");
        return ciphertext(key, cipher.encrypt(key, plaintext, item.context()));
    }

    private Map<String, Object> decrypted(TransitKey key, Item item) {
        byte[] plaintext = cipher.decrypt(key, sealedText(item), item.context());
        return Map.of("plaintext", Base64.getEncoder().encodeToString(plaintext));
    }

    private Map<String, Object> rewrapped(TransitKey key, Item item) {
        byte[] plaintext = cipher.decrypt(key, sealedText(item), item.context());
        return ciphertext(key, cipher.encrypt(key, plaintext, item.context()));
    }

    private static Map<String, Object> code(TransitKey key, Item item) {
        return Map.of("hmac", KeyCipher.hmac(key, item.bytes("input", "missing input for HMAC")));
    }

    private static String sealedText(Item item) {
        var text = item.text("ciphertext", "missing ciphertext to decrypt");
        if (text.isEmpty()) {
            throw new Rejected("missing ciphertext to decrypt");
        }
        return text;
    }

    private static Map<String, Object> ciphertext(TransitKey key, String ciphertext) {
        return Map.of("ciphertext", ciphertext, "key_version", key.latestVersion());
    }

    private static Reply described(TransitKey key) {
        var creation = new LinkedHashMap<String, Long>();
        for (int version = 1; version <= key.latestVersion(); version++) {
            creation.put(
                    Integer.toString(version), key.version(version).createdAt().getEpochSecond());
        }
        var data = new LinkedHashMap<String, Object>();
        data.put("name", key.name());
        data.put("type", "aes256-gcm96");
        data.put("derived", key.derived());
        data.put("latest_version", key.latestVersion());
        data.put("min_available_version", 0);
        data.put("min_decryption_version", 1);
        data.put("min_encryption_version", 0);
        data.put("exportable", false);
        data.put("deletion_allowed", false);
        data.put("keys", creation);
        return Reply.of(data);
    }
}
