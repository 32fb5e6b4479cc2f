package dev.latchkey.api.store;

import dev.latchkey.api.credentials.Credential;

/** What became of a change. */
public sealed interface Written {
    record Stored(Credential credential) implements Written {}

    /** The user already has an active credential for that provider and model. */
    record Duplicate() implements Written {}

    /** The key was sealed under a version of the master key that opens nothing any more: it has to be sealed again. */
    record Outdated() implements Written {}

    /** The user has no such active credential. */
    record Unknown() implements Written {}
}
