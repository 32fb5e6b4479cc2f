package dev.latchkey.embedded.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PercentilesTest {
    @Test
    void countsFromTheShortestToTheLongest() {
        var percentiles = new Percentiles(IntStream.rangeClosed(1, 200)
                .mapToObj(Duration::ofMillis)
                .toList()
                .reversed());

        assertThat(List.of(percentiles.millis(50), percentiles.millis(99), percentiles.millis(100)))
                .containsExactly(100.0, 198.0, 200.0);
    }

    @Test
    void takesTheOnlyOneForAll() {
        var percentiles = new Percentiles(List.of(Duration.ofMillis(7)));

        assertThat(List.of(percentiles.millis(0), percentiles.millis(50), percentiles.millis(100)))
                .containsExactly(7.0, 7.0, 7.0);
    }

    @Test
    void isNothingOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Percentiles(List.of()));
    }
}
