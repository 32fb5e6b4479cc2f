package dev.latchkey.api.store;

import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.schemas.Topics;

/** What every turn needs. */
record Turns(Clerk clerk, Lane<CredentialChanged> credentials, Lane<CredentialAudited> audit) {
    Turns(Clerk clerk) {
        this(clerk, new Lane<>(Topics.CREDENTIALS), new Lane<>(Topics.CREDENTIAL_AUDIT));
    }
}
