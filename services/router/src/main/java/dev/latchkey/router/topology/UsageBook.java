package dev.latchkey.router.topology;

import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.UsageCounted;
import dev.latchkey.router.usage.AnsweredCall;
import dev.latchkey.router.usage.Budget;
import dev.latchkey.router.usage.Meter;
import dev.latchkey.router.usage.ModelId;
import dev.latchkey.router.usage.Period;
import dev.latchkey.router.usage.Purse;
import dev.latchkey.router.usage.Spent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What users have spent and what they may spend, in two stores. */
public final class UsageBook implements Purse {
    private static final String SYSTEM = "system";

    private final KeyValueStore<String, UsageCounted> usage;
    private final KeyValueStore<String, BudgetChanged> budgets;
    private final Meter meter;

    UsageBook(KeyValueStore<String, UsageCounted> usage, KeyValueStore<String, BudgetChanged> budgets, Meter meter) {
        this.usage = usage;
        this.budgets = budgets;
        this.meter = meter;
    }

    /** What the user took on each day, key and model. */
    public static List<UsageCounted> of(UUID userId, Period period, ReadOnlyKeyValueStore<String, UsageCounted> usage) {
        var found = new ArrayList<UsageCounted>();
        try (var entries = usage.range(
                userId + "|" + period.from(), userId + "|" + period.to().plusDays(1))) {
            entries.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    public static Budget budgetOf(UUID userId, ReadOnlyKeyValueStore<String, BudgetChanged> budgets) {
        var change = budgets.get(userId.toString());
        return change == null ? Budget.unlimited() : new Budget(change.getTokensPerDay(), change.getCostPerDay());
    }

    UsageCounted count(AnsweredCall call) {
        var key = key(call);
        var counted = meter.count(usage.get(key), call);
        usage.put(key, counted);
        return counted;
    }

    /** The newest revision counts, whatever the order in which they come. */
    void set(BudgetChanged change) {
        var before = budgets.get(change.getUserId().toString());
        if (before == null || before.getRevision() < change.getRevision()) {
            budgets.put(change.getUserId().toString(), change);
        }
    }

    @Override
    public Optional<String> refusal(UUID userId, ModelId model, Instant now) {
        var budget = budgetOf(userId, budgets);
        return budget.isUnlimited()
                ? Optional.empty()
                : budget.refusal(Spent.of(of(userId, today(now), usage)), meter.hasPrice(model));
    }

    static String key(UsageCounted counted) {
        var credential = counted.getCredentialId() == null
                ? SYSTEM
                : counted.getCredentialId().toString();
        return String.join(
                "|",
                counted.getUserId().toString(),
                counted.getDay().toString(),
                credential,
                counted.getProvider(),
                counted.getModelName());
    }

    private String key(AnsweredCall call) {
        return key(meter.count(null, call));
    }

    private static Period today(Instant now) {
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return new Period(day, day);
    }
}
