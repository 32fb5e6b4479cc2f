package dev.latchkey.router.http;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.usage.Period;
import dev.latchkey.router.usage.Usage;
import dev.latchkey.router.views.Lookup;
import dev.latchkey.router.views.Views;
import java.net.URI;
import java.time.LocalDate;
import java.util.UUID;

/** Views of an instance that has nobody's state. */
sealed interface SameAnswer extends Views {
    /** All of it is at another instance. */
    record Elsewhere(URI instance) implements SameAnswer {
        @Override
        public Lookup<DefaultModel> defaultModel(UUID userId) {
            return new Lookup.Elsewhere<>(instance);
        }

        @Override
        public Lookup<AgentRun> run(RunId id) {
            return new Lookup.Elsewhere<>(instance);
        }

        @Override
        public Lookup<Usage> usage(UUID userId, Period asked, LocalDate today) {
            return new Lookup.Elsewhere<>(instance);
        }
    }

    /** All of it is on its way. */
    record Unsettled() implements SameAnswer {
        @Override
        public Lookup<DefaultModel> defaultModel(UUID userId) {
            return new Lookup.Unsettled<>();
        }

        @Override
        public Lookup<AgentRun> run(RunId id) {
            return new Lookup.Unsettled<>();
        }

        @Override
        public Lookup<Usage> usage(UUID userId, Period asked, LocalDate today) {
            return new Lookup.Unsettled<>();
        }
    }
}
