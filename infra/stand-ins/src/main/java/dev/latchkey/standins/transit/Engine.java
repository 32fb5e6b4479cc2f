package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The transit engine: what each operation does with a key and a request's body. */
final class Engine {
    private static final int DATA_KEY_BITS = 256;
    static final String MIN_DECRYPTION_VERSION = "min_decryption_version";

    private final TransitState state;
    private final SecureRandom random;
    private final KeyCipher cipher;

    Engine(TransitState state, SecureRandom random) {
        this.state = state;
        this.random = random;
        this.cipher = new KeyCipher(random);
    }

    Reply run(Operation operation, String name, JsonNode request) {
        return switch (operation) {
            case CREATE -> create(name, request);
            case READ -> state.key(name).map(Engine::described).orElseGet(() -> Reply.error(404));
            case ROTATE -> state.rotate(name).map(Engine::described).orElseGet(() -> Reply.error(400, "key not found"));
            case CONFIGURE -> configure(name, request);
            case ENCRYPT, DECRYPT, MAKE_DATA_KEY, REWRAP, HMAC ->
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

    /** Of all that can be configured at Vault, this transit has the oldest version that opens. */
    private Reply configure(String name, JsonNode request) {
        if (!configuresNothingBut(MIN_DECRYPTION_VERSION, request)) {
            return Reply.error(400, "the dev transit has no other setting of a key than " + MIN_DECRYPTION_VERSION);
        }
        int version = request.path(MIN_DECRYPTION_VERSION).asInt();
        try {
            return state.openFrom(name, version)
                    .map(Engine::described)
                    .orElseGet(() -> Reply.error(400, "no existing key named " + name + " could be found"));
        } catch (Rejected e) {
            return Reply.error(400, e.sentence());
        }
    }

    static boolean configuresNothingBut(String setting, JsonNode request) {
        return request.properties().stream().allMatch(field -> field.getKey().equals(setting));
    }

    private Items items(Operation operation, TransitKey key) {
        return switch (operation) {
            case ENCRYPT -> new Items(item -> encrypted(key, item), 400);
            case DECRYPT -> new Items(item -> decrypted(key, item), 400);
            case MAKE_DATA_KEY -> new Items(item -> madeDataKey(key, item), 400);
            case REWRAP -> new Items(item -> rewrapped(key, item), 200);
            case HMAC -> new Items(item -> code(key, item), 200);
            case CREATE, READ, ROTATE, CONFIGURE -> throw new IllegalArgumentException(operation + " has no items");
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

    /** The wrapped form alone, as Vault has it for this path. */
    private Map<String, Object> madeDataKey(TransitKey key, Item item) {
        byte[] dataKey = new byte[item.fields().path("bits").asInt(DATA_KEY_BITS) / Byte.SIZE];
        random.nextBytes(dataKey);
        return ciphertext(key, cipher.encrypt(key, dataKey, item.context()));
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
        for (int version = key.minDecryptionVersion(); version <= key.latestVersion(); version++) {
            creation.put(
                    Integer.toString(version), key.version(version).createdAt().getEpochSecond());
        }
        var data = new LinkedHashMap<String, Object>();
        data.put("name", key.name());
        data.put("type", "aes256-gcm96");
        data.put("derived", key.derived());
        data.put("latest_version", key.latestVersion());
        data.put("min_available_version", 0);
        data.put(MIN_DECRYPTION_VERSION, key.minDecryptionVersion());
        data.put("min_encryption_version", 0);
        data.put("exportable", false);
        data.put("deletion_allowed", false);
        data.put("keys", creation);
        return Reply.of(data);
    }
}
