package dev.latchkey.api.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class BudgetTest {
    @Test
    void isTheSameHoweverItsCostIsWritten() {
        assertThat(cost("12.5")).isEqualTo(cost("12.500"));
    }

    @Test
    void canNotBeNegativeFinerOrLargerThanAnEventCanSay() {
        assertThatExceptionOfType(BrokenRule.class)
                .isThrownBy(() -> new Budget(-1L, null))
                .withMessage("tokens_per_day must be 0 or more");
        assertThatExceptionOfType(BrokenRule.class)
                .isThrownBy(() -> cost("-0.01"))
                .withMessage("cost_per_day must be 0 or more, with at most 18 decimals");
        assertThatExceptionOfType(BrokenRule.class)
                .isThrownBy(() -> cost("0.0000000000000000001"))
                .withMessage("cost_per_day must be 0 or more, with at most 18 decimals");
        assertThatExceptionOfType(BrokenRule.class)
                .isThrownBy(() -> cost("100000000000000000000"))
                .withMessage("cost_per_day must be less than 100000000000000000000");
    }

    private static Budget cost(String cost) {
        return new Budget(null, new BigDecimal(cost));
    }
}
