package dev.latchkey.api.store;

import org.jspecify.annotations.Nullable;

/**
 * What a caller is told, whole: sent again, it is the same to the byte.
 *
 * @param location where to look from now on; null if that is no matter
 */
public record Reply(int status, String mediaType, @Nullable String location, String body) {
    /** Whether asking again would do no good. What was too early or met a part that was away may be asked again. */
    boolean isFinal() {
        return status < 500 && status != 429;
    }
}
