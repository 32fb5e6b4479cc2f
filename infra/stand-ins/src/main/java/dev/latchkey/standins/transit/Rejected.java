package dev.latchkey.standins.transit;

/** An item can not be processed; the message is what Vault says to it, and quotes nothing that was sent. */
final class Rejected extends RuntimeException {
    Rejected(String message) {
        super(message);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
