package dev.latchkey.router.runs;

import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.RunReason;

/** Where a prompt goes now. */
sealed interface Routing {
    record Released(ChosenModel model) implements Routing {}

    /** The prompt gets no model; the message is for its user. */
    record Refused(RunReason reason, String message) implements Routing {}

    /** The submitter has seen a credential change that has not arrived here yet. */
    record Waiting(CredentialVersion revision) implements Routing {}
}
