package dev.latchkey.router.usage;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a user lets a day take, in UTC. It is looked at before every question to a model: what is under way then is not known
 * yet, so a day can end above its budget by the calls that ran at the same time.
 *
 * @param tokensPerDay null for no limit
 * @param costPerDay in the currency of the price list; null for no limit
 */
public record Budget(@Nullable Long tokensPerDay, @Nullable BigDecimal costPerDay) {
    public static Budget unlimited() {
        return new Budget(null, null);
    }

    public boolean isUnlimited() {
        return tokensPerDay == null && costPerDay == null;
    }

    /** Why the model may not be asked now, in a sentence for the user; empty when it may. */
    public Optional<String> refusal(Spent today, boolean hasPrice) {
        if (tokensPerDay != null && today.tokens() >= tokensPerDay) {
            return Optional.of("Your budget of " + tokensPerDay + " tokens a day is used up.");
        }
        return costPerDay == null ? Optional.empty() : refusal(costPerDay, today, hasPrice);
    }

    private static Optional<String> refusal(BigDecimal limit, Spent today, boolean hasPrice) {
        if (!hasPrice) {
            return Optional.of("The model has no price here, and your budget is in money.");
        }
        if (today.cost().isEmpty()) {
            return Optional.of("What today has cost is not known, and your budget is in money.");
        }
        return today.cost().get().compareTo(limit) >= 0
                ? Optional.of("Your budget of " + limit.stripTrailingZeros().toPlainString() + " a day is used up.")
                : Optional.empty();
    }
}
