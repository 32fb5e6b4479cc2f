package dev.latchkey.router.queries;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.UsageCounted;
import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.topology.CredentialShelf;
import dev.latchkey.router.topology.RouterStores;
import dev.latchkey.router.topology.UsageBook;
import dev.latchkey.router.usage.Budget;
import dev.latchkey.router.usage.Period;
import dev.latchkey.router.usage.Spent;
import dev.latchkey.router.usage.Usage;
import dev.latchkey.router.views.Lookup;
import dev.latchkey.router.views.Views;
import dev.latchkey.streams.SpreadStores;
import dev.latchkey.streams.SpreadStores.Answer;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Asks the stores of this instance, and knows which instance has the rest. */
public final class StoreViews implements Views {
    private final SpreadStores stores;

    /** The URL is the one that other instances reach this one at; all instances speak its scheme. */
    public StoreViews(KafkaStreams streams, URI self) {
        this.stores = new SpreadStores(streams, self);
    }

    @Override
    public Lookup<DefaultModel> defaultModel(UUID userId) {
        return this.<CredentialChanged, DefaultModel>ask(
                userId,
                RouterStores.CREDENTIALS,
                store -> CredentialShelf.of(userId, store).defaultModel());
    }

    @Override
    public Lookup<AgentRun> run(RunId id) {
        return this.<Run, AgentRun>ask(
                id.userId(),
                RouterStores.RUNS,
                store -> Optional.ofNullable(store.get(id.toString())).flatMap(Run::seen));
    }

    @Override
    public Lookup<Usage> usage(UUID userId, Period asked, LocalDate today) {
        return switch (stores.<BudgetChanged, Budget>ask(
                RouterStores.BUDGETS, userId.toString(), store -> UsageBook.budgetOf(userId, store))) {
            case Answer.Here<Budget>(var budget) -> usage(userId, asked, today, budget);
            case Answer.Elsewhere<Budget>(var instance) -> new Lookup.Elsewhere<>(instance);
            case Answer.Unsettled<Budget> _ -> new Lookup.Unsettled<>();
        };
    }

    private Lookup<Usage> usage(UUID userId, Period asked, LocalDate today, Budget budget) {
        return this.<UsageCounted, Usage>ask(userId, RouterStores.USAGE, store -> {
            var spent = Spent.of(UsageBook.of(userId, new Period(today, today), store));
            return Optional.of(new Usage(UsageBook.of(userId, asked, store), spent, budget));
        });
    }

    private <V, T> Lookup<T> ask(
            UUID userId, String store, Function<ReadOnlyKeyValueStore<String, V>, Optional<T>> question) {
        return switch (stores.ask(store, userId.toString(), question)) {
            case Answer.Here<Optional<T>>(var found) ->
                found.<Lookup<T>>map(Lookup.Found::new).orElseGet(Lookup.Missing::new);
            case Answer.Elsewhere<Optional<T>>(var instance) -> new Lookup.Elsewhere<>(instance);
            case Answer.Unsettled<Optional<T>> _ -> new Lookup.Unsettled<>();
        };
    }
}
