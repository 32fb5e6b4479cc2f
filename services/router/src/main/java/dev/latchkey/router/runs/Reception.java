package dev.latchkey.router.runs;

import dev.latchkey.agents.Agent;
import dev.latchkey.agents.Agents;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunReason;
import dev.latchkey.router.defaults.UserCredentials;
import java.time.Instant;

/** Where runs begin: a prompt gets its agent and its model, waits for them, or is refused. */
final class Reception {
    private final Agents agents;
    private final Router router;
    private final Endings endings;

    Reception(Agents agents, Router router, Endings endings) {
        this.agents = agents;
        this.router = router;
        this.endings = endings;
    }

    Run route(PromptSubmitted prompt, Instant deadline, UserCredentials credentials, Instant now) {
        var accepted = accepted(prompt, now);
        if (!now.isBefore(deadline)) {
            return endings.late(accepted, now);
        }
        if (agents.find(prompt.getAgent()).isEmpty()) {
            return endings.refused(accepted, RunReason.REQUEST_REFUSED, Router.NO_AGENT, now);
        }
        return switch (router.route(prompt, credentials)) {
            case Routing.Released(var model) -> Run.Queued.ready(accepted, Tasks.first(prompt, model, deadline, now));
            case Routing.Refused(var reason, var message) -> endings.refused(accepted, reason, message, now);
            case Routing.Waiting _ -> new Run.Waiting(accepted, deadline, prompt);
        };
    }

    AgentRun accepted(PromptSubmitted prompt, Instant now) {
        return Progress.accepted(prompt, mostSteps(prompt.getAgent()), now);
    }

    /** As it was when its task left. */
    AgentRun accepted(AgentTask task, Instant now) {
        return Progress.accepted(task, mostSteps(task.getAgent()), now);
    }

    private int mostSteps(String agent) {
        return agents.find(agent).map(Agent::limits).map(Agent.Limits::steps).orElse(0);
    }
}
