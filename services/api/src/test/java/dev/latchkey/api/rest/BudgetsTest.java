package dev.latchkey.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.BudgetChanged;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetsTest {
    private static final String BUDGET = "/api/v1/users/me/budget";
    private static final Answer UNLIMITED = budget("null", "null");

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    private final Caller anna = api.caller();
    private final OwnOutbox outbox = api.outboxOf(anna);

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void keepsWhatAUserSetsAndPublishesIt() {
        var answer =
                anna.put(BUDGET, "{\"tokens_per_day\": 50000, \"cost_per_day\": \"12.50\", \"currency\": \"USD\"}");

        assertThat(answer).isEqualTo(budget("50000", "\"12.5\""));
        assertThat(anna.get(BUDGET)).isEqualTo(answer);
        assertThat(api.caller().get(BUDGET)).isEqualTo(UNLIMITED);
        var event = outbox.budgets().getFirst();
        assertThat(event)
                .isEqualTo(new BudgetChanged(
                        event.getEventId(),
                        anna.userId(),
                        1L,
                        50_000L,
                        new BigDecimal("12.500000000000000000"),
                        event.getChangedAt()));
    }

    @Test
    void replacesTheWholeBudgetAndCountsItsRevisions() {
        anna.put(BUDGET, "{\"tokens_per_day\": 0, \"cost_per_day\": \"99999999999999999999.999999999999999999\"}");
        var second = anna.put(BUDGET, "{\"cost_per_day\": \"0.000000000000000001\"}");
        var third = anna.put(BUDGET, "{\"cost_per_day\": \"100\", \"tokens_per_day\": null}");

        assertThat(second).isEqualTo(budget("null", "\"0.000000000000000001\""));
        assertThat(third).isEqualTo(budget("null", "\"100\""));
        assertThat(outbox.budgets()).extracting(BudgetChanged::getRevision).containsExactly(1L, 2L, 3L);
    }

    @Test
    void liftsAllLimitsAndGoesOnCounting() {
        anna.put(BUDGET, "{\"tokens_per_day\": 1}");

        assertThat(anna.delete(BUDGET)).isEqualTo(UNLIMITED);
        assertThat(anna.get(BUDGET)).isEqualTo(UNLIMITED);
        anna.put(BUDGET, "{\"tokens_per_day\": 2}");
        assertThat(outbox.budgets()).extracting(BudgetChanged::getTokensPerDay).containsExactly(1L, null, 2L);
        assertThat(outbox.budgets()).extracting(BudgetChanged::getRevision).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'tokens_per_day': -1} | tokens_per_day must be 0 or more",
                "{'tokens_per_day': 1.5} | the body is not valid: look at tokens_per_day",
                "{'tokens_per_day': 9223372036854775808} | the body is not valid: look at tokens_per_day",
                "{'cost_per_day': 12.5} | the body is not valid: look at cost_per_day",
                "{'cost_per_day': '-1'} | cost_per_day must be a decimal such as 12.50, of up to 20 digits and 18 decimals",
                "{'cost_per_day': '1e3'} | cost_per_day must be a decimal such as 12.50, of up to 20 digits and 18 decimals",
                "{'cost_per_day': '0.0000000000000000001'} | cost_per_day must be a decimal such as 12.50, of up to 20 digits and 18 decimals",
                "{'cost_per_day': '100000000000000000000'} | cost_per_day must be a decimal such as 12.50, of up to 20 digits and 18 decimals",
                "{'cost_per_day': '1', 'currency': 'EUR'} | currency must be USD",
                "{'per_hour': 1} | the body has a field that is not known; known are cost_per_day, currency, tokens_per_day",
            })
    void saysWhatIsWrongWithABody(String body, String detail) {
        assertThat(anna.put(BUDGET, body.replace('\'', '"')))
                .isEqualTo(Answer.problem(422, "Unprocessable content", detail));
        assertThat(outbox.budgets()).isEmpty();
    }

    private static Answer budget(String tokens, String cost) {
        return Answer.ok(
                "{\"tokens_per_day\": %s, \"cost_per_day\": %s, \"currency\": \"USD\"}".formatted(tokens, cost));
    }
}
