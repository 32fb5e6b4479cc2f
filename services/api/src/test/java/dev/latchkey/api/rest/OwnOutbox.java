package dev.latchkey.api.rest;

import dev.latchkey.api.store.Outbox;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunControlled;
import java.util.List;
import java.util.UUID;

/** What one user's requests left in the outbox. */
record OwnOutbox(Outbox everybodys, UUID userId) {
    /** An entry of the history, as far as a caller can foresee it. */
    record Entry(CredentialChange change, AuditResult result, String actor) {}

    List<CredentialChanged> credentials() {
        return everybodys.credentials().stream()
                .filter(event -> event.getUserId().equals(userId))
                .toList();
    }

    List<PromptSubmitted> prompts() {
        return everybodys.prompts().stream()
                .filter(event -> event.getUserId().equals(userId))
                .toList();
    }

    List<RunControlled> controls() {
        return everybodys.controls().stream()
                .filter(event -> event.getUserId().equals(userId))
                .toList();
    }

    List<BudgetChanged> budgets() {
        return everybodys.budgets().stream()
                .filter(event -> event.getUserId().equals(userId))
                .toList();
    }

    List<CredentialAudited> history() {
        return everybodys.history().stream()
                .filter(event -> event.getUserId().equals(userId))
                .toList();
    }

    /** The history but for the reads. */
    List<Entry> deeds() {
        return history().stream()
                .filter(event -> event.getChange() != CredentialChange.READ)
                .map(event -> new Entry(event.getChange(), event.getResult(), event.getActor()))
                .toList();
    }
}
