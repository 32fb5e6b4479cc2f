package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class JsonTest {
    private enum Level {
        PER_USER
    }

    private record Figures(Level bookLevel, BigDecimal netAmount, Instant asOf) {}

    @Test
    void writesWordsPlainDecimalsAndTimesUnderSnakeCaseNames() {
        var figures = new Figures(Level.PER_USER, new BigDecimal("1E-7"), Instant.parse("2026-11-20T09:00:00Z"));

        assertThat(new String(Json.write(figures), StandardCharsets.UTF_8)).isEqualTo("""
                        {"book_level":"per_user","net_amount":"0.0000001","as_of":"2026-11-20T09:00:00Z"}""");
    }
}
