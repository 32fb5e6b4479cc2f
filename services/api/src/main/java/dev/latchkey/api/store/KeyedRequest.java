package dev.latchkey.api.store;

import java.util.UUID;

/** A request that its sender may send again. An idempotency key is one user's, for one path. */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record KeyedRequest(UUID userId, String path, String idempotencyKey, byte[] body) {
    /** Without the key and the body, which may hold what nobody should read. */
    @Override
    public String toString() {
        return "KeyedRequest[userId=" + userId + ", path=" + path + "]";
    }
}
