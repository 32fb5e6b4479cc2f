package dev.latchkey.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * An API key made up to be found again. Its marker is looked for and not the whole key, so that a prefix that was cut
 * off hides nothing.
 *
 * @param key what is registered
 * @param marker the part that nothing else contains
 */
record Canary(String key, String marker) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MARKER_BYTES = 12;
    /** What can be told of the marker in Base64 wherever it lies among other bytes: the ends mix with its neighbours. */
    private static final int ENDS = 4;

    /** @param prefix what the provider expects first, and what its stand-in is told to do */
    static Canary of(String prefix) {
        byte[] bytes = new byte[MARKER_BYTES];
        RANDOM.nextBytes(bytes);
        var marker = "canary" + HexFormat.of().formatHex(bytes);
        return new Canary(prefix + marker, marker);
    }

    /** The marker as Latin-1 text of the bytes that each encoding gives it. */
    List<String> traces() {
        var traces = new ArrayList<String>();
        traces.add(marker);
        traces.add(latin1(marker.getBytes(StandardCharsets.UTF_16BE)));
        traces.add(latin1(marker.getBytes(StandardCharsets.UTF_16LE)));
        for (int shift = 0; shift < 3; shift++) {
            traces.add(base64(shift));
        }
        return traces;
    }

    private String base64(int shift) {
        var text = "x".repeat(shift) + marker;
        var encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return encoded.substring(ENDS, encoded.length() - ENDS);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
