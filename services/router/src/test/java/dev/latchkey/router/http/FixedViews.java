package dev.latchkey.router.http;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.usage.Budget;
import dev.latchkey.router.usage.Period;
import dev.latchkey.router.usage.Spent;
import dev.latchkey.router.usage.Usage;
import dev.latchkey.router.views.Lookup;
import dev.latchkey.router.views.Views;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Views of an instance that has every user's state, and it is this. */
record FixedViews(Map<UUID, DefaultModel> models, Map<RunId, AgentRun> runs) implements Views {
    @Override
    public Lookup<DefaultModel> defaultModel(UUID userId) {
        return lookup(Optional.ofNullable(models.get(userId)));
    }

    @Override
    public Lookup<AgentRun> run(RunId id) {
        return lookup(Optional.ofNullable(runs.get(id)));
    }

    @Override
    public Lookup<Usage> usage(UUID userId, Period asked, LocalDate today) {
        return new Lookup.Found<>(new Usage(List.of(), Spent.of(List.of()), Budget.unlimited()));
    }

    private static <T> Lookup<T> lookup(Optional<T> found) {
        return found.<Lookup<T>>map(Lookup.Found::new).orElseGet(Lookup.Missing::new);
    }
}
