package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.BrokenRule;
import dev.latchkey.api.credentials.Budget;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Body of a budget. What is left out has no limit.
 *
 * @param costPerDay a decimal, written out
 * @param currency of the operator's price list, for those who want to be sure
 */
record BudgetBody(
        @Nullable Long tokensPerDay,
        @Nullable String costPerDay,
        @Nullable String currency) {
    static final String CURRENCY = "USD";
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,18})?");

    Budget budget() {
        if (currency != null && !currency.equals(CURRENCY)) {
            throw new BrokenRule("currency must be " + CURRENCY);
        }
        return new Budget(tokensPerDay, costPerDay == null ? null : decimal(costPerDay));
    }

    private static BigDecimal decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new BrokenRule("cost_per_day must be a decimal such as 12.50, of up to 20 digits and 18 decimals");
        }
        return new BigDecimal(text);
    }
}
