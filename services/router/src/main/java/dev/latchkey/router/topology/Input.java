package dev.latchkey.router.topology;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.PromptSubmitted;

/** What the router hears about one user. */
sealed interface Input {
    record CredentialSeen(CredentialChanged change) implements Input {}

    record PromptSeen(PromptSubmitted prompt) implements Input {}

    record ResultSeen(AgentResult result) implements Input {}
}
