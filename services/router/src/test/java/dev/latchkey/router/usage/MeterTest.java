package dev.latchkey.router.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.UsageCounted;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MeterTest {
    private static final UUID ANNA = new UUID(1, 1);
    private static final UUID KEY = new UUID(2, 2);
    private static final ModelId MINI = new ModelId("openai", "gpt-4o-mini");
    private static final ModelId NEW = new ModelId("openai", "brand-new");
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final Meter meter = new Meter(PriceList.parse("currency,USD\nopenai,gpt-4o-mini,0.15,0.60"));

    @Test
    void addsUpWhatADayTook() {
        var first = meter.count(null, call(MINI, 1_000_000L, 0L));

        var second = meter.count(first, call(MINI, 0L, 1_000_000L));

        assertThat(second)
                .isEqualTo(new UsageCounted(
                        ANNA,
                        LocalDate.of(2026, 11, 26),
                        KEY,
                        "openai",
                        "gpt-4o-mini",
                        2L,
                        1_000_000L,
                        1_000_000L,
                        new BigDecimal("0.750000000000000000"),
                        "USD",
                        NOON));
    }

    @Test
    void countsTheTokensOfAnUnknownModelAndKnowsNoCost() {
        var counted = meter.count(null, call(NEW, 10L, 20L));

        assertThat(counted.getPromptTokens()).isEqualTo(10);
        assertThat(counted.getCompletionTokens()).isEqualTo(20);
        assertThat(counted.getCost()).isNull();
        assertThat(counted.getCostCurrency()).isNull();
    }

    @Test
    void hasNoCostOnceAPartOfItIsUnknown() {
        var silent = meter.count(meter.count(null, call(MINI, 1L, 1L)), call(MINI, 5L, null));

        assertThat(silent.getCost()).isNull();
        assertThat(meter.count(silent, call(MINI, 1L, 1L)).getCost()).isNull();
        assertThat(silent.getPromptTokens()).isEqualTo(6);
    }

    @Test
    void startsAnewAtMidnightInUtc() {
        var late = new AnsweredCall(ANNA, KEY, MINI, new Tokens(1L, 1L), Instant.parse("2026-11-26T23:59:59.999999Z"));
        var early = new AnsweredCall(ANNA, KEY, MINI, new Tokens(1L, 1L), Instant.parse("2026-11-27T00:00:00Z"));

        assertThat(late.day()).isEqualTo("2026-11-26");
        assertThat(early.day()).isEqualTo("2026-11-27");
    }

    @Test
    void sumsADayOverKeysAndModels() {
        var mini = meter.count(null, call(MINI, 1_000_000L, 1_000_000L));

        assertThat(Spent.of(List.of(mini, mini)))
                .isEqualTo(new Spent(4_000_000, Optional.of(new BigDecimal("1.500000000000000000"))));
        assertThat(Spent.of(List.of(mini, meter.count(null, call(NEW, 1L, 1L)))).cost())
                .isEmpty();
        assertThat(Spent.of(List.of()).cost()).contains(BigDecimal.ZERO);
    }

    private static AnsweredCall call(ModelId model, @Nullable Long prompt, @Nullable Long completion) {
        return new AnsweredCall(ANNA, KEY, model, new Tokens(prompt, completion), NOON);
    }
}
