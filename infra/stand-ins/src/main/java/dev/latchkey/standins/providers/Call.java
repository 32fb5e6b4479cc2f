package dev.latchkey.standins.providers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A call that the stand-in was sent.
 *
 * @param keyFingerprint {@link #fingerprint} of the API key that came with it
 * @param keyEnd last four characters of that key; empty for a key shorter than 12
 * @param model empty when the models were listed; no longer than 200 characters
 */
public record Call(String provider, String keyFingerprint, String keyEnd, String model, String path, Instant at) {
    private static final int SHORTEST_WITH_VISIBLE_END = 12;
    private static final int VISIBLE_END = 4;
    private static final int LONGEST_MODEL = 200;

    static Call with(String key, String provider, String model, String path, Instant at) {
        var end = key.length() < SHORTEST_WITH_VISIBLE_END ? "" : key.substring(key.length() - VISIBLE_END);
        var name = model.substring(0, Math.min(model.length(), LONGEST_MODEL));
        return new Call(provider, fingerprint(key), end, name, path, at);
    }

    /** SHA-256 of the key's characters in UTF-8, in lower-case hexadecimal. */
    public static String fingerprint(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
