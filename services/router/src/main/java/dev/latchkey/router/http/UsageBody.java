package dev.latchkey.router.http;

import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.UsageCounted;
import dev.latchkey.router.usage.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user's usage as its user sees it. */
record UsageBody(List<Line> days, Today today, Limits budget) {
    /** A day, on one key, of one model. */
    record Line(
            LocalDate day,
            KeyOwner keyOwner,
            @Nullable UUID credentialId,
            String provider,
            String modelName,
            long calls,
            long promptTokens,
            long completionTokens,
            @Nullable BigDecimal cost,
            @Nullable String costCurrency) {
        static Line of(UsageCounted count) {
            return new Line(
                    count.getDay(),
                    count.getCredentialId() == null ? KeyOwner.SYSTEM : KeyOwner.USER,
                    count.getCredentialId(),
                    count.getProvider(),
                    count.getModelName(),
                    count.getCalls(),
                    count.getPromptTokens(),
                    count.getCompletionTokens(),
                    count.getCost(),
                    count.getCostCurrency());
        }
    }

    /** All of today; without a cost when a part of it is not known. */
    record Today(long tokens, @Nullable BigDecimal cost) {}

    /** Nothing where there is no limit. */
    record Limits(@Nullable Long tokensPerDay, @Nullable BigDecimal costPerDay) {}

    static UsageBody of(Usage usage) {
        var today = usage.today();
        var budget = usage.budget();
        return new UsageBody(
                usage.counts().stream().map(Line::of).toList(),
                new Today(today.tokens(), today.cost().orElse(null)),
                new Limits(budget.tokensPerDay(), budget.costPerDay()));
    }
}
