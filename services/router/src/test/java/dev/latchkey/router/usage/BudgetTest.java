package dev.latchkey.router.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BudgetTest {
    private static final Budget TOKENS = new Budget(100L, null);
    private static final Budget MONEY = new Budget(null, new BigDecimal("0.5"));

    @Test
    void allowsEverythingWithoutLimits() {
        assertThat(Budget.unlimited().refusal(spent(1_000_000, null), false)).isEmpty();
    }

    @Test
    void allowsUpToTheLimitAndNoMore() {
        assertThat(TOKENS.refusal(spent(99, "0"), true)).isEmpty();
        assertThat(TOKENS.refusal(spent(100, "0"), true)).contains("Your budget of 100 tokens a day is used up.");
        assertThat(MONEY.refusal(spent(9, "0.499999999999999999"), true)).isEmpty();
        assertThat(MONEY.refusal(spent(9, "0.5"), true)).contains("Your budget of 0.5 a day is used up.");
    }

    @Test
    void allowsNothingOfNothing() {
        assertThat(new Budget(0L, null).refusal(spent(0, "0"), true)).isPresent();
        assertThat(new Budget(null, BigDecimal.ZERO).refusal(spent(0, "0"), true))
                .isPresent();
    }

    @Test
    void keepsABudgetInMoneyWhereMoneyIsKnown() {
        assertThat(MONEY.refusal(spent(1, "0"), false))
                .contains("The model has no price here, and your budget is in money.");
        assertThat(MONEY.refusal(spent(1, null), true))
                .contains("What today has cost is not known, and your budget is in money.");
    }

    private static Spent spent(long tokens, @Nullable String cost) {
        return new Spent(tokens, Optional.ofNullable(cost).map(BigDecimal::new));
    }
}
