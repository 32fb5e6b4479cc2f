package dev.latchkey.router.runs;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How large a task is on its topic. One that the broker does not take would stop its partition, so its run ends before.
 * Every conversation that {@link PromptRules} admit fits without steps.
 */
final class TaskSize {
    /** Topics take records of 1 MiB by default; the rest is for what is not counted here. */
    static final long LARGEST = 960 * 1024;

    private static final long AROUND_A_TEXT = 8;

    private TaskSize() {}

    static boolean isTooLarge(AgentTask task, List<ToolCall> pending) {
        return LARGEST < of(task) || LARGEST < calls(pending);
    }

    /** In bytes, about. */
    static long of(AgentTask task) {
        return sum(task.getMessages().stream().map(message -> bytes(message.getText())))
                + sum(task.getSteps().stream().map(TaskSize::step))
                + bytes(task.getSealedMessages())
                + bytes(task.getSealedSteps());
    }

    private static long step(StepMade step) {
        return bytes(step.getText())
                + calls(step.getCalls())
                + sum(step.getResults().stream().map(made -> bytes(made.getCallId()) + bytes(made.getText())));
    }

    /** Decisions are no larger than the calls that they are about. */
    private static long calls(List<ToolCall> calls) {
        return sum(calls.stream()
                .map(call -> 2 * bytes(call.getCallId())
                        + bytes(call.getTool())
                        + bytes(call.getArguments())
                        + bytes(Objects.requireNonNullElse(call.getSignature(), ""))));
    }

    private static long sum(Stream<Long> sizes) {
        return sizes.mapToLong(Long::longValue).sum();
    }

    /** In UTF-8. */
    private static long bytes(String text) {
        return AROUND_A_TEXT
                + text.chars()
                        .mapToLong(unit -> unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3)
                        .sum();
    }

    private static long bytes(@Nullable ByteBuffer sealed) {
        return Optional.ofNullable(sealed).map(ByteBuffer::remaining).orElse(0);
    }
}
