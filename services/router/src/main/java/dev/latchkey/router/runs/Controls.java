package dev.latchkey.router.runs;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.RunControlled;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What users say about their runs. */
final class Controls {
    private final Endings endings;

    Controls(Endings endings) {
        this.endings = endings;
    }

    Optional<Run> obey(Run run, RunControlled control, Instant now) {
        return switch (control.getControl()) {
            case CANCELLED -> cancel(run, now);
            case APPROVED -> decide(run, control, true, now);
            case REJECTED -> decide(run, control, false, now);
            case UNKNOWN -> Optional.empty();
        };
    }

    /** A cancellation can overtake its prompt, which comes by another topic. A decision about nothing decides nothing. */
    Optional<Run> foretell(RunControlled control, Instant now) {
        return switch (control.getControl()) {
            case CANCELLED -> Optional.of(endings.foretold(RunId.of(control), now));
            case APPROVED, REJECTED, UNKNOWN -> Optional.empty();
        };
    }

    private Optional<Run> cancel(Run run, Instant now) {
        return switch (run) {
            case Run.Ended _, Run.Foretold _ -> Optional.empty();
            case Run.Visible visible -> Optional.of(endings.cancelled(visible, now));
        };
    }

    private static Optional<Run> decide(Run run, RunControlled control, boolean approved, Instant now) {
        return switch (run) {
            case Run.Undecided undecided -> decide(undecided, decided(undecided, control), approved, now);
            case Run.Visible _, Run.Foretold _ -> Optional.empty();
        };
    }

    private static Optional<Run> decide(Run.Undecided run, List<ToolCall> decided, boolean approved, Instant now) {
        if (decided.isEmpty()) {
            return Optional.empty();
        }
        var task = withDecisions(run.task(), decided, approved);
        var left = new ArrayList<>(run.progress().getPendingCalls());
        left.removeAll(decided);
        return Optional.of(
                left.isEmpty()
                        ? Run.Queued.ready(Progress.acceptedAgain(run.progress(), now), task)
                        : new Run.Undecided(Progress.undecided(run.progress(), left, now), run.dueAt(), task));
    }

    private static List<ToolCall> decided(Run.Undecided run, RunControlled control) {
        var named = Optional.ofNullable(control.getCallId());
        return run.progress().getPendingCalls().stream()
                .filter(call -> named.isEmpty() || named.get().equals(call.getCallId()))
                .toList();
    }

    private static AgentTask withDecisions(AgentTask task, List<ToolCall> decided, boolean approved) {
        var decisions = new ArrayList<>(task.getDecisions());
        decided.forEach(call -> decisions.add(new ToolDecision(call.getCallId(), approved)));
        return AgentTask.newBuilder(task).setDecisions(decisions).build();
    }
}
