package dev.latchkey.api.forgetting;

import java.util.OptionalLong;

/**
 * What of a user is on the topic data-keys.
 *
 * @param wrappedKeys records that still have the wrapped key
 * @param forgottenAt offset of the newest record that says that the user is forgotten
 */
public record Traces(int partition, int wrappedKeys, OptionalLong forgottenAt) {
    static Traces none() {
        return new Traces(-1, 0, OptionalLong.empty());
    }
}
