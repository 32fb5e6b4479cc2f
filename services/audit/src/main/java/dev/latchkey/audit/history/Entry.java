package dev.latchkey.audit.history;

import dev.latchkey.events.CredentialAudited;

/** One record of the history topic, as it was found. */
public sealed interface Entry {
    Place place();

    /** A change, and the key that its record was filed under; empty when it had none. */
    record Change(Place place, String key, CredentialAudited event) implements Entry {}

    /** A record that is no change. */
    record Unreadable(Place place, String reason) implements Entry {}
}
