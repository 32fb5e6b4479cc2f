package dev.latchkey.router.topology;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunControlled;
import java.util.UUID;

/** What the router hears about one user. */
sealed interface Input {
    record CredentialSeen(CredentialChanged change) implements Input {}

    record PromptSeen(PromptSubmitted prompt) implements Input {}

    record ResultSeen(AgentResult result) implements Input {}

    record ControlSeen(RunControlled control) implements Input {}

    /** A worker was about to ask a model. */
    record UseSeen(KeyUsed use) implements Input {}

    record BudgetSeen(BudgetChanged change) implements Input {}

    default UUID userId() {
        return switch (this) {
            case CredentialSeen(var change) -> change.getUserId();
            case PromptSeen(var prompt) -> prompt.getUserId();
            case ResultSeen(var result) -> result.getUserId();
            case ControlSeen(var control) -> control.getUserId();
            case UseSeen(var use) -> use.getUserId();
            case BudgetSeen(var change) -> change.getUserId();
        };
    }

    /** Whether its trace goes on in what was said. A prompt whose turn it is because another one ended has its own. */
    default boolean leadsTo(Output said) {
        return switch (this) {
            case CredentialSeen _ -> true;
            case PromptSeen(var prompt) -> said.isOf(prompt.getPromptId());
            case ResultSeen(var result) -> said.isOf(result.getPromptId());
            case ControlSeen(var control) -> said.isOf(control.getPromptId());
            case UseSeen _, BudgetSeen _ -> false;
        };
    }
}
