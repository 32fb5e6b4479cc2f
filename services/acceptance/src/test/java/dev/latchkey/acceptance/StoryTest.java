package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.demo.Story;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneStack.class)
final class StoryTest {
    @Test
    void theStoryOfTheDemoIsTrue(Stack stack) {
        var result = Story.play(stack, Map.of(), System.out, Progress.silent());

        assertThat(result.passed()).isEqualTo(result.checks()).isGreaterThan(50);
    }
}
