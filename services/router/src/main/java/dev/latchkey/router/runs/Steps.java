package dev.latchkey.router.runs;

import dev.latchkey.agents.Agent;
import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides what follows a step, within what its agent may take. */
final class Steps {
    private final Agents agents;

    Steps(Agents agents) {
        this.agents = agents;
    }

    /** The receipt counts the tokens of that step already, and the task has what it came to. */
    NextStep after(AgentRun run, AgentTask task, List<ToolCall> pending, Instant now) {
        return agents.find(task.getAgent())
                .map(agent -> within(agent.limits(), run, task, pending, now))
                .orElseGet(() -> failed(run, RunReason.REQUEST_REFUSED, Router.NO_AGENT, now));
    }

    private static NextStep within(
            Agent.Limits limits, AgentRun run, AgentTask task, List<ToolCall> pending, Instant now) {
        return stop(limits, run, task, pending, now)
                .orElseGet(() -> pending.isEmpty()
                        ? new NextStep.Ask(run, Tasks.nextStep(task))
                        : new NextStep.AskLater(Progress.undecided(run, pending, now), Tasks.nextStep(task)));
    }

    private static Optional<NextStep> stop(
            Agent.Limits limits, AgentRun run, AgentTask task, List<ToolCall> pending, Instant now) {
        if (task.getStep() >= limits.steps()) {
            var message = "The model was asked " + task.getStep() + " times, and its agent may ask no more.";
            return Optional.of(failed(run, RunReason.STEPS_EXHAUSTED, message, now));
        }
        if (Receipts.tokens(run) > limits.tokens()) {
            var message =
                    "The run took " + Receipts.tokens(run) + " tokens, and its agent may take " + limits.tokens() + ".";
            return Optional.of(failed(run, RunReason.TOKENS_EXHAUSTED, message, now));
        }
        if (TaskSize.isTooLarge(task, pending)) {
            var message = "The conversation has become too long with what its tools said.";
            return Optional.of(failed(run, RunReason.REQUEST_REFUSED, message, now));
        }
        return Optional.empty();
    }

    private static NextStep failed(AgentRun run, RunReason reason, String message, Instant now) {
        return new NextStep.Final(Progress.failed(run, reason, message, now));
    }
}
