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
    UUID userId();

    /** Whether its trace goes on in what was said. A prompt whose turn it is because another one ended has its own. */
    boolean leadsTo(Output said);

    record CredentialSeen(CredentialChanged change) implements Input {
        @Override
        public UUID userId() {
            return change.getUserId();
        }

        @Override
        public boolean leadsTo(Output said) {
            return true;
        }
    }

    record PromptSeen(PromptSubmitted prompt) implements Input {
        @Override
        public UUID userId() {
            return prompt.getUserId();
        }

        @Override
        public boolean leadsTo(Output said) {
            return said.key().equals(prompt.getPromptId().toString());
        }
    }

    record ResultSeen(AgentResult result) implements Input {
        @Override
        public UUID userId() {
            return result.getUserId();
        }

        @Override
        public boolean leadsTo(Output said) {
            return said.key().equals(result.getPromptId().toString());
        }
    }

    record ControlSeen(RunControlled control) implements Input {
        @Override
        public UUID userId() {
            return control.getUserId();
        }

        @Override
        public boolean leadsTo(Output said) {
            return said.key().equals(control.getPromptId().toString());
        }
    }

    /** A worker was about to ask a model. */
    record UseSeen(KeyUsed use) implements Input {
        @Override
        public UUID userId() {
            return use.getUserId();
        }

        @Override
        public boolean leadsTo(Output said) {
            return false;
        }
    }

    record BudgetSeen(BudgetChanged change) implements Input {
        @Override
        public UUID userId() {
            return change.getUserId();
        }

        @Override
        public boolean leadsTo(Output said) {
            return false;
        }
    }
}
