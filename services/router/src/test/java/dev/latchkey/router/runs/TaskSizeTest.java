package dev.latchkey.router.runs;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolResult;
import dev.latchkey.schemas.PrivateFormat;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskSizeTest {
    private static final int MOST_OF_A_TOPIC = 1024 * 1024;

    @Test
    void admitsEveryConversationThatMayBeSubmitted() {
        var parts = PromptRules.LONGEST_CONVERSATION / PromptRules.MOST_MESSAGES;
        var longest = Collections.nCopies(PromptRules.MOST_MESSAGES, new Message(Role.USER, "漢".repeat(parts)));

        assertThat(isTooLarge(task().setMessages(longest).build())).isFalse();
        assertThat(isTooLarge(task().setSealedMessages(ByteBuffer.allocate(PromptRules.LONGEST_SEALED))
                        .build()))
                .isFalse();
    }

    @Test
    void admitsNothingThatATopicDoesNotTake() {
        var step = new StepMade(
                "said",
                List.of(new ToolCall("c", "price", "{}", null)),
                List.of(new ToolResult("c", "é漢😀x".repeat(20))));
        var largest = task();
        for (int steps = 1; !isTooLarge(withSteps(step, steps + 500)); steps += 500) {
            largest.setSteps(Collections.nCopies(steps + 500, step));
        }

        assertThat(new PrivateFormat<>(AgentTask.class).encode(largest.build()).length)
                .isBetween(MOST_OF_A_TOPIC / 2, MOST_OF_A_TOPIC - 10_000);
    }

    @Test
    void countsSealedStepsAndWhatIsPending() {
        var half = ByteBuffer.allocate((int) TaskSize.LARGEST / 2 + 1);
        var pending = new ToolCall("c", "price", "x".repeat((int) TaskSize.LARGEST), null);

        assertThat(isTooLarge(
                        task().setSealedMessages(half).setSealedSteps(half).build()))
                .isTrue();
        assertThat(TaskSize.isTooLarge(task().build(), List.of(pending))).isTrue();
    }

    @Test
    void countsWhatAProviderWantsBackWithACall() {
        var signed = new ToolCall("c", "price", "{}", "s".repeat((int) TaskSize.LARGEST));

        assertThat(isTooLarge(withSteps(new StepMade("", List.of(signed), List.of()), 1)))
                .isTrue();
    }

    private static AgentTask withSteps(StepMade step, int steps) {
        return task().setSteps(Collections.nCopies(steps, step)).build();
    }

    private static boolean isTooLarge(AgentTask task) {
        return TaskSize.isTooLarge(task, List.of());
    }

    private static AgentTask.Builder task() {
        return AgentTask.newBuilder()
                .setTaskId(id("t"))
                .setPromptId(id("p"))
                .setUserId(ANNA)
                .setAgent("analyst")
                .setMessages(List.of())
                .setAttempt(1)
                .setKeyOwner(KeyOwner.SYSTEM)
                .setProvider("openai")
                .setModelName("gpt")
                .setDeadline(NOW)
                .setRoutedAt(NOW);
    }
}
