package dev.latchkey.embedded.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.runtime.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureTableTest {
    @Test
    void printsEveryFigureBesideItsBaseline() {
        var table = new FigureTable(List.of(
                Figure.of("rows", 100_000, "rows"),
                Figure.against("rewrap", 1_234.5, "rows/s", 4_938.0),
                Figure.against("unseal", 1_167, "unseals/s", 398_880),
                Figure.of("p99", 12.3456, "ms")));

        assertThat(table).hasToString("""
                | what | figure | unit | baseline | ratio |
                |---|---:|---|---:|---:|
                | rows | 100,000 | rows |  |  |
                | rewrap | 1,235 | rows/s | 4,938 | 0.25 |
                | unseal | 1,167 | unseals/s | 398,880 | 0.0029 |
                | p99 | 12.3 | ms |  |  |""");
    }
}
