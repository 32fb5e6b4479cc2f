package dev.latchkey.agent.answering;

import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be said of the steps of a run. */
final class Steps {
    /** They travel with every task of the run, and with every result. */
    static final int MOST_CHARACTERS = 256 * 1024;

    private Steps() {}

    static boolean areTooMuch(List<StepMade> steps) {
        return steps.stream().mapToLong(Steps::characters).sum() > MOST_CHARACTERS;
    }

    /** Calls that nothing came of yet, as their user sees them: what the provider wants back with them is for no one else. */
    static List<ToolCall> pending(List<StepMade> steps) {
        return steps.stream()
                .flatMap(step -> step.getCalls().stream()
                        .filter(call -> result(call, step).isEmpty()))
                .map(call -> new ToolCall(call.getCallId(), call.getTool(), call.getArguments(), null))
                .toList();
    }

    static Optional<ToolResult> result(ToolCall call, StepMade step) {
        return step.getResults().stream()
                .filter(result -> result.getCallId().equals(call.getCallId()))
                .findFirst();
    }

    private static long characters(StepMade step) {
        var calls = step.getCalls().stream()
                .flatMap(call -> Stream.of(
                        call.getCallId(),
                        call.getTool(),
                        call.getArguments(),
                        Objects.requireNonNullElse(call.getSignature(), "")));
        var results = step.getResults().stream().flatMap(result -> Stream.of(result.getCallId(), result.getText()));
        return step.getText().length()
                + Stream.concat(calls, results).mapToLong(String::length).sum();
    }
}
