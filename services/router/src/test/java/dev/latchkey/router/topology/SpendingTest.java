package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.BEN;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.control;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptUntil;
import static dev.latchkey.router.Given.result;
import static dev.latchkey.router.Given.step;
import static dev.latchkey.router.Given.unfinished;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.UsageCounted;
import dev.latchkey.schemas.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SpendingTest {
    private final RouterRig rig = RouterRig.usual();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void countsWhatAUsersDayTook() {
        rig.change(active("priced", 1, 1));

        answer("p", 1_000_000L, 500_000L);
        answer("q", 1L, 0L);

        var usage = rig.usage();
        assertThat(usage).hasSize(2);
        assertThat(usage.getLast().key()).isEqualTo(ANNA + "|2026-01-01|" + id("priced") + "|openai|model-of-priced");
        assertThat(usage.getLast().value())
                .isEqualTo(new UsageCounted(
                        ANNA,
                        LocalDate.of(2026, 1, 1),
                        id("priced"),
                        "openai",
                        "model-of-priced",
                        2L,
                        1_000_001L,
                        500_000L,
                        new BigDecimal("6.000002000000000000"),
                        "USD",
                        NOW));
    }

    @Test
    void putsTheCostOfAllStepsOnTheReceipt() {
        rig.change(active("priced", 1, 1));
        rig.submit(prompt("p"));

        rig.report(unfinished(rig.tasks().getFirst(), said(100L, 10L), List.of(step("c"))));
        rig.report(result(rig.tasks().getFirst(), said(200L, 20L)));

        var receipt = rig.runs().getLast().getReceipt();
        assertThat(receipt.getCost()).isEqualByComparingTo("0.00084");
        assertThat(receipt.getCostCurrency()).isEqualTo("USD");
    }

    @Test
    void knowsNoCostOfAModelWithoutAPrice() {
        rig.change(active("unpriced", 1, 1));

        answer("p", 100L, 10L);

        var usage = rig.usage().getLast().value();
        assertThat(usage.getPromptTokens()).isEqualTo(100);
        assertThat(usage.getCost()).isNull();
    }

    @Test
    void knowsNoCostOfARunOnceAPartOfItIsUnknown() {
        rig.change(active("priced", 1, 1));
        rig.submit(prompt("p"));

        rig.report(unfinished(rig.tasks().getFirst(), said(100L, null), List.of(step("c"))));
        rig.report(result(rig.tasks().getFirst(), said(200L, 20L)));

        assertThat(rig.runs().getLast().getReceipt().getCost()).isNull();
        assertThat(rig.usage().getLast().value().getCost()).isNull();
    }

    @Test
    void countsNothingWhereNothingWasAnswered() {
        rig.change(active("priced", 1, 1));
        rig.submit(prompt("p"));

        rig.report(result(rig.tasks().getFirst(), new KeyRefused("no")));

        assertThat(rig.usage()).isEmpty();
    }

    @Test
    void countsAResultThatComesTwiceOnce() {
        rig.change(active("priced", 1, 1));
        rig.submit(prompt("p"));
        var result = result(rig.tasks().getFirst(), said(100L, 10L));

        rig.report(result);
        rig.report(result);

        assertThat(rig.usage()).hasSize(1);
    }

    @Test
    void countsAnAnswerThatComesAfterItsRunWasCancelledOnce() {
        rig.change(active("priced", 1, 1));
        rig.submit(prompt("p"));
        var task = rig.tasks().getLast();
        rig.control(control("p", RunControl.CANCELLED, null));
        rig.runs();

        rig.report(result(task, new AnswerGiven("Fine.", 3L, 1L, null)));
        rig.report(result(task, new AnswerGiven("Fine.", 3L, 1L, null)));

        assertThat(rig.usage())
                .extracting(record -> record.value().getPromptTokens())
                .containsExactly(3L);
        assertThat(rig.runs()).isEmpty();
    }

    @Test
    void countsAnAnswerThatComesTooLate() {
        rig.change(active("priced", 1, 1));
        rig.submit(promptUntil("p", NOW.plusSeconds(5)));
        var task = rig.tasks().getLast();
        rig.pass(Duration.ofSeconds(16));

        rig.report(result(task, new AnswerGiven("Fine.", 3L, 1L, null)));

        assertThat(rig.usage()).hasSize(1);
        assertThat(rig.runs().getLast().getReason()).isEqualTo(RunReason.DEADLINE_PASSED);
    }

    @Test
    void asksNoModelOnceTheDaysTokensAreUsedUp() {
        rig.change(active("priced", 1, 1));
        rig.budget(budget(1, 110L, null));
        answer("p", 100L, 10L);

        rig.submit(prompt("q"));

        assertThat(rig.tasks()).isEmpty();
        assertRefused(rig.runs().getLast(), "Your budget of 110 tokens a day is used up.");
    }

    @Test
    void asksNoModelOnceTheDaysMoneyIsSpent() {
        rig.change(active("priced", 1, 1));
        rig.budget(budget(1, null, "0.00028"));
        answer("p", 100L, 10L);

        rig.submit(prompt("q"));

        assertThat(rig.tasks()).isEmpty();
        assertRefused(rig.runs().getLast(), "Your budget of 0.00028 a day is used up.");
    }

    @Test
    void stopsARunBetweenItsStepsToo() {
        rig.change(active("priced", 1, 1));
        rig.budget(budget(1, 100L, null));
        rig.submit(prompt("p"));

        rig.report(unfinished(rig.tasks().getFirst(), said(100L, 10L), List.of(step("c"))));

        assertThat(rig.tasks()).isEmpty();
        assertRefused(rig.runs().getLast(), "Your budget of 100 tokens a day is used up.");
    }

    @Test
    void startsAnewAtMidnight() {
        rig.change(active("priced", 1, 1));
        rig.budget(budget(1, 110L, null));
        answer("p", 100L, 10L);
        rig.jump(Duration.ofDays(1));

        rig.submit(prompt("q"));

        assertThat(rig.tasks()).hasSize(1);
    }

    @Test
    void asksAgainOnceTheBudgetIsRaised() {
        rig.change(active("priced", 1, 1));
        rig.budget(budget(1, 0L, null));
        rig.submit(prompt("p"));
        assertThat(rig.tasks()).isEmpty();

        rig.budget(budget(2, null, null));
        rig.budget(budget(1, 0L, null));
        rig.submit(prompt("q"));

        assertThat(rig.tasks()).hasSize(1);
    }

    @Test
    void buriesABudgetThatIsNone() {
        rig.pipe(Topics.BUDGETS, BEN.toString(), budget(1, 1L, null));
        rig.budget(budget(0, 1L, null));
        rig.budget(budget(1, -1L, null));
        rig.budget(budget(1, null, "-0.1"));

        assertThat(rig.letters())
                .extracting(letter -> letter.getDetail())
                .containsExactly(
                        "the record key is the userId",
                        "revision is at least 1",
                        "a budget is not negative",
                        "a budget is not negative");
    }

    private void answer(String prompt, long promptTokens, long completionTokens) {
        rig.submit(prompt(prompt));
        rig.report(result(rig.tasks().getLast(), said(promptTokens, completionTokens)));
    }

    private static AnswerGiven said(@Nullable Long promptTokens, @Nullable Long completionTokens) {
        return new AnswerGiven("Fine.", promptTokens, completionTokens, null);
    }

    private static BudgetChanged budget(long revision, @Nullable Long tokens, @Nullable String cost) {
        return new BudgetChanged(
                id("budget" + revision),
                ANNA,
                revision,
                tokens,
                cost == null ? null : new BigDecimal(cost).setScale(18),
                NOW);
    }

    private static void assertRefused(AgentRun run, String message) {
        assertThat(run.getState()).isEqualTo(RunState.REFUSED);
        assertThat(run.getReason()).isEqualTo(RunReason.BUDGET_EXHAUSTED);
        assertThat(run.getMessage()).isEqualTo(message);
    }
}
