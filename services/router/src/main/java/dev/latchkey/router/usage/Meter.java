package dev.latchkey.router.usage;

import dev.latchkey.events.UsageCounted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds calls up. A sum of which a part is unknown has no cost: it is never passed off as cheap. */
public final class Meter {
    private static final int SCALE = 18;

    private final PriceList prices;

    public Meter(PriceList prices) {
        this.prices = prices;
    }

    /** In the scale that events have. */
    public Optional<BigDecimal> cost(ModelId model, Tokens tokens) {
        return prices.cost(model, tokens).map(Meter::scaled);
    }

    public String currency() {
        return prices.currency();
    }

    public boolean hasPrice(ModelId model) {
        return prices.knows(model);
    }

    /** The count of the call's day, key and model after it; {@code before} is null for the first call. */
    public UsageCounted count(@Nullable UsageCounted before, AnsweredCall call) {
        var tokens = call.tokens();
        var cost = cost(call.model(), tokens)
                .flatMap(paid -> costBefore(before).map(paid::add))
                .orElse(null);
        return UsageCounted.newBuilder()
                .setUserId(call.userId())
                .setDay(call.day())
                .setCredentialId(call.credentialId())
                .setProvider(call.model().provider())
                .setModelName(call.model().model())
                .setCalls(1 + (before == null ? 0 : before.getCalls()))
                .setPromptTokens(tokens.promptOrNone() + (before == null ? 0 : before.getPromptTokens()))
                .setCompletionTokens(tokens.completionOrNone() + (before == null ? 0 : before.getCompletionTokens()))
                .setCost(cost)
                .setCostCurrency(cost == null ? null : prices.currency())
                .setUpdatedAt(call.at())
                .build();
    }

    private static Optional<BigDecimal> costBefore(@Nullable UsageCounted before) {
        return before == null ? Optional.of(scaled(BigDecimal.ZERO)) : Optional.ofNullable(before.getCost());
    }

    private static BigDecimal scaled(BigDecimal amount) {
        return amount.setScale(SCALE, RoundingMode.UNNECESSARY);
    }
}
