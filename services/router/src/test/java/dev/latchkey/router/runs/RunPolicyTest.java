package dev.latchkey.router.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RunPolicyTest {
    @Test
    void doublesThePauseAfterEveryAttempt() {
        assertThat(IntStream.rangeClosed(1, 4).mapToObj(RunPolicy.usual()::pauseAfter))
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void refusesSpansThatCannotBe() {
        assertThatThrownBy(() -> new RunPolicy(
                        Duration.ZERO, Duration.ZERO, Duration.ofDays(7), 4, Optional.empty(), Room.usual()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("deadline and memory are positive and grace is not negative");
    }

    @Test
    void refusesASystemModelWithoutAName() {
        assertThatThrownBy(() -> new SystemModel("openai", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a system model has a provider and a model name");
    }
}
