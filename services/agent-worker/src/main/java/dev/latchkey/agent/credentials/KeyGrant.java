package dev.latchkey.agent.credentials;

import dev.latchkey.sealing.ApiKey;

/** Whether a task gets a key. */
public sealed interface KeyGrant {
    /** The key in plain text, to be wiped after use, and how its owner may see it. */
    record Granted(ApiKey key, String maskedKey) implements KeyGrant {}

    /** There is no key for this task, and asking again changes nothing. */
    record Denied(String reason) implements KeyGrant {}

    /** The task's deadline passed before anybody could say. */
    record TooLate() implements KeyGrant {}
}
