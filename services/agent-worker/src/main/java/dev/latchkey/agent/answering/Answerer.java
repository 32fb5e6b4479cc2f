package dev.latchkey.agent.answering;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;

/** Makes the result of a task. */
@FunctionalInterface
public interface Answerer {
    /** Throws InterruptedException when the worker stops: then the task has no result yet. */
    AgentResult answer(AgentTask task) throws InterruptedException;
}
