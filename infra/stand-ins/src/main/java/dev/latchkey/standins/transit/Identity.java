package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Who speaks to the transit. What each may do is what the policies in infra/vault/policies say for a real Vault. */
public enum Identity {
    ROOT,
    API,
    WORKER,
    PUBLISHER,
    ROTATOR;

    /** Whether it may do this with a key for such a purpose and with such a body. */
    boolean may(Operation operation, Purpose purpose, JsonNode body) {
        return switch (this) {
            case ROOT -> true;
            case API ->
                switch (purpose) {
                    case API_KEYS -> operation == Operation.ENCRYPT;
                    case DATA_KEYS -> operation == Operation.MAKE_DATA_KEY;
                    case FINGERPRINTS -> operation == Operation.HMAC;
                    case NONE_OF_OURS -> false;
                };
            case WORKER ->
                operation == Operation.DECRYPT && (purpose == Purpose.API_KEYS || purpose == Purpose.DATA_KEYS);
            case PUBLISHER -> operation == Operation.DECRYPT && purpose == Purpose.DATA_KEYS;
            case ROTATOR ->
                switch (purpose) {
                    case API_KEYS, DATA_KEYS -> rotates(operation, body);
                    case FINGERPRINTS -> operation == Operation.HMAC;
                    case NONE_OF_OURS -> false;
                };
        };
    }

    private static boolean rotates(Operation operation, JsonNode body) {
        return switch (operation) {
            case READ, ROTATE, REWRAP -> true;
            case CONFIGURE -> Engine.configuresNothingBut(Engine.MIN_DECRYPTION_VERSION, body);
            case CREATE, ENCRYPT, DECRYPT, MAKE_DATA_KEY, HMAC -> false;
        };
    }

    /** The name of its policy in a real Vault. */
    String vaultPolicy() {
        return this == ROOT ? policy() : "latchkey-" + policy();
    }

    String policy() {
        return name().toLowerCase(Locale.ROOT);
    }
}
