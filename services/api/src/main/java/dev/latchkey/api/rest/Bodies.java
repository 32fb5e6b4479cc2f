package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.BrokenRule;
import dev.latchkey.runtime.Json;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What comes in with a request. */
final class Bodies {
    private static final int MOST_BYTES = 256 * 1024;

    private Bodies() {}

    static <T> T read(ServerRequest request, Class<T> type) {
        return parse(bytes(request), type);
    }

    /** Overwrites the body, which may hold a key. */
    static <T> T parse(byte[] body, Class<T> type) {
        try {
            return Json.parse(body, type);
        } finally {
            wipe(body);
        }
    }

    static void wipe(byte[] body) {
        Arrays.fill(body, (byte) 0);
    }

    /** A request without a body asks for the same as one with an empty object. */
    static byte[] bytesIfAny(ServerRequest request) {
        return request.content().hasEntity() ? bytes(request) : new byte[] {'{', '}'};
    }

    static byte[] bytes(ServerRequest request) {
        return Json.bytes(request, MOST_BYTES);
    }

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new BrokenRule(name + " is missing");
        }
        return value;
    }
}
