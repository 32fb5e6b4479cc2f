package dev.latchkey.standins.transit;

import java.util.Base64;
import java.util.regex.Pattern;

/** Vault's text form of encrypted bytes: {@code vault:v1:<base64>}. */
final class Ciphertext {
    private static final String PREFIX = "vault:v";
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}");

    private final int version;
    private final byte[] bytes;

    Ciphertext(int version, byte[] bytes) {
        this.version = version;
        this.bytes = bytes.clone();
    }

    static Ciphertext parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new Rejected("invalid ciphertext: no prefix");
        }
        var parts = text.substring(PREFIX.length()).split(":", 2);
        if (parts.length != 2) {
            throw new Rejected("invalid ciphertext: wrong number of fields");
        }
        if (!VERSION.matcher(parts[0]).matches()) {
            throw new Rejected("invalid ciphertext: version number could not be decoded");
        }
        return new Ciphertext(Integer.parseInt(parts[0]), decoded(parts[1]));
    }

    int version() {
        return version;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return PREFIX + version + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Rejected("invalid ciphertext: could not decode base64");
        }
    }
}
