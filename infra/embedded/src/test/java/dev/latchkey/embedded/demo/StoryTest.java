package dev.latchkey.embedded.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.embedded.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoryTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Checks checks = new Checks(new PrintStream(told, true, StandardCharsets.UTF_8), Progress.silent());

    @Test
    void countsWhatHeld() {
        var result = Story.tell(checks, () -> {
            checks.chapter("Alice brings a key");
            checks.equal("the api answers 201", 201, 201);
            checks.equal("the fee is 1.5", new BigDecimal("1.5"), new BigDecimal("1.50"));
            checks.isTrue("the key is masked", true, "masked");
        });

        assertThat(result).isEqualTo(new Story.Result(3, 3));
        assertThat(result.allPassed()).isTrue();
        assertThat(result).hasToString("demo: 3 checks, 3 passed");
        assertThat(lines())
                .containsExactly(
                        "",
                        "Alice brings a key",
                        "  ok    the api answers 201",
                        "  ok    the fee is 1.5",
                        "  ok    the key is masked");
    }

    @Test
    void tellsWhatDidNotHoldAndGoesOn() {
        var result = Story.tell(checks, () -> {
            checks.equal("the api answers 201", 201, 500);
            checks.equal("the fee is 1.5", new BigDecimal("1.5"), new BigDecimal("1.51"));
            checks.equal("the model is known", "gpt", null);
            checks.isTrue("the key is masked", false, "[]");
            checks.equal("the list has one key", 1, 1);
        });

        assertThat(result).isEqualTo(new Story.Result(5, 1));
        assertThat(result.allPassed()).isFalse();
        assertThat(lines())
                .containsExactly(
                        "  FAIL  the api answers 201: expected 201, saw 500",
                        "  FAIL  the fee is 1.5: expected 1.5, saw 1.51",
                        "  FAIL  the model is known: expected gpt, saw null",
                        "  FAIL  the key is masked: saw []",
                        "  ok    the list has one key");
    }

    @Test
    void aStoryThatCanNotGoOnHasNotPassed() {
        var result = Story.tell(checks, () -> {
            checks.equal("the api answers 201", 201, 201);
            throw new IllegalStateException("the api is gone");
        });

        assertThat(result).isEqualTo(new Story.Result(2, 1));
        assertThat(lines())
                .last()
                .isEqualTo("  FAIL  the story goes on: java.lang.IllegalStateException: the api is gone");
    }

    @Test
    void aStoryThatIsNotWantedAnyMoreHasNoResult() {
        assertThatExceptionOfType(Progress.Stopped.class)
                .isThrownBy(() -> Story.tell(checks, () -> {
                    throw new Progress.Stopped();
                }));
    }

    private List<String> lines() {
        return told.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
