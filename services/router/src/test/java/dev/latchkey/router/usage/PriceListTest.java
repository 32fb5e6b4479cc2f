package dev.latchkey.router.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PriceListTest {
    private static final PriceList LIST = PriceList.parse("""
            # of November 2026
            currency,USD

            openai, gpt-4o-mini, 0.15, 0.60
            google,gemini-1.5-flash,0.075,0.30
            openai,free,0,0
            """);

    @Test
    void costsWhatTheTokensCostExactly() {
        var cost = LIST.cost(new ModelId("openai", "gpt-4o-mini"), new Tokens(7L, 3L));

        assertThat(cost).hasValueSatisfying(amount -> assertThat(amount).isEqualByComparingTo("0.00000285"));
    }

    @Test
    void costsNothingOnlyWhereThePriceIsNothing() {
        assertThat(LIST.cost(new ModelId("openai", "free"), new Tokens(7L, 3L)))
                .hasValueSatisfying(amount -> assertThat(amount).isZero());
        assertThat(LIST.cost(new ModelId("openai", "gpt-5"), new Tokens(7L, 3L)))
                .isEmpty();
        assertThat(LIST.cost(new ModelId("google", "gpt-4o-mini"), new Tokens(7L, 3L)))
                .isEmpty();
    }

    @Test
    void doesNotKnowTheCostOfUnknownTokens() {
        assertThat(LIST.cost(new ModelId("openai", "gpt-4o-mini"), new Tokens(7L, null)))
                .isEmpty();
        assertThat(LIST.cost(new ModelId("openai", "gpt-4o-mini"), new Tokens(null, 3L)))
                .isEmpty();
    }

    @Test
    void knowsGeminiWithItsPrefix() {
        assertThat(LIST.knows(new ModelId("google", "models/gemini-1.5-flash"))).isTrue();
    }

    @Test
    void holdsTheSmallestPriceTimesOneToken() {
        var list = PriceList.parse("currency,USD\nopenai,tiny,0.000000000001,0");

        assertThat(list.cost(new ModelId("openai", "tiny"), new Tokens(1L, 0L)))
                .contains(new BigDecimal("0.000000000000000001"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "openai,gpt,1,2; the first line is currency and its code",
                "'';the first line is currency and its code",
                "currency,USD|openai,gpt,1; a line is provider,model,prompt,completion",
                "currency,USD|openai,gpt,one,2; a price is a number",
                "currency,USD|openai,gpt,-1,2; a price is not negative",
                "currency,USD|openai,gpt,0.0000000000001,2; at most 12 decimals",
                "currency,USD|openai,gpt,1,2|openai,gpt,1,2; a model has one price"
            })
    void saysWhatIsWrongWithAList(String text, String sentence) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PriceList.parse(text.replace('|', '\n')))
                .withMessageContaining(sentence);
    }
}
