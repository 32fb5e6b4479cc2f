package dev.latchkey.api.credentials;

import dev.latchkey.events.BudgetChanged;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user's runs may come to in a day, from midnight to midnight in UTC.
 *
 * @param tokensPerDay null for no limit
 * @param costPerDay in the currency of the operator's price list; null for no limit
 */
public record Budget(@Nullable Long tokensPerDay, @Nullable BigDecimal costPerDay) {
    public static final Budget UNLIMITED = new Budget(null, null);

    private static final int DECIMALS = 18;
    private static final int MOST_DIGITS = 38;

    public Budget {
        if (tokensPerDay != null && tokensPerDay < 0) {
            throw new BrokenRule("tokens_per_day must be 0 or more");
        }
        costPerDay = costPerDay == null ? null : exact(costPerDay);
    }

    public BudgetChanged changed(UUID userId, UUID eventId, Revision revision) {
        return BudgetChanged.newBuilder()
                .setEventId(eventId)
                .setUserId(userId)
                .setRevision(revision.number())
                .setTokensPerDay(tokensPerDay)
                .setCostPerDay(costPerDay)
                .setChangedAt(revision.at())
                .build();
    }

    private static BigDecimal exact(BigDecimal cost) {
        if (cost.signum() < 0 || cost.scale() > DECIMALS) {
            throw new BrokenRule("cost_per_day must be 0 or more, with at most 18 decimals");
        }
        var exact = cost.setScale(DECIMALS);
        if (exact.precision() > MOST_DIGITS) {
            throw new BrokenRule("cost_per_day must be less than 100000000000000000000");
        }
        return exact;
    }
}
