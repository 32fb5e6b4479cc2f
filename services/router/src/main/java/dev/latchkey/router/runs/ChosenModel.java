package dev.latchkey.router.runs;

import dev.latchkey.events.CredentialChanged;

/** Which model answers, and whose key pays. */
sealed interface ChosenModel {
    record OfUser(CredentialChanged credential) implements ChosenModel {}

    record OfSystem(SystemModel model) implements ChosenModel {}
}
