package dev.latchkey.agent.answering;

import dev.latchkey.agents.Agent;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import dev.latchkey.events.StepMade;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is worked on: a task, whom it asks, and what the run came to so far.
 *
 * @param steps those of the task, with the results of what was decided since
 */
record Run(AgentTask task, Agent agent, List<StepMade> steps) {
    Run {
        steps = List.copyOf(steps);
    }

    /** The messages as the agent's model sees them. */
    List<Message> messages() {
        var instructions = new Message(Role.SYSTEM, agent.instructions());
        return Stream.concat(Stream.of(instructions), task.getMessages().stream())
                .toList();
    }

    List<StepMade> stepsWith(StepMade step) {
        var all = new ArrayList<>(steps);
        all.add(step);
        return all;
    }
}
