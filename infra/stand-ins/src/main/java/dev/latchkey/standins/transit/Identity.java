package dev.latchkey.standins.transit;

import java.util.Locale;

/** Who speaks to the transit. What each may do is what the policies in infra/vault/policies say for a real Vault. */
public enum Identity {
    ROOT,
    API,
    WORKER,
    ROTATOR;

    boolean may(Operation operation) {
        return switch (this) {
            case ROOT -> true;
            case API -> operation == Operation.ENCRYPT || operation == Operation.HMAC;
            case WORKER -> operation == Operation.DECRYPT;
            case ROTATOR -> operation == Operation.ROTATE || operation == Operation.REWRAP;
        };
    }

    String policy() {
        return name().toLowerCase(Locale.ROOT);
    }
}
