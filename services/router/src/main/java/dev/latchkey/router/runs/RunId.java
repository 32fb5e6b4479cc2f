package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunControlled;
import java.util.UUID;

/** A run belongs to its user: the same promptId from another user is another run. */
public record RunId(UUID userId, UUID promptId) {
    private static final char SEPARATOR = '|';

    public static RunId of(PromptSubmitted prompt) {
        return new RunId(prompt.getUserId(), prompt.getPromptId());
    }

    public static RunId of(AgentResult result) {
        return new RunId(result.getUserId(), result.getPromptId());
    }

    public static RunId of(AgentTask task) {
        return new RunId(task.getUserId(), task.getPromptId());
    }

    public static RunId of(RunControlled control) {
        return new RunId(control.getUserId(), control.getPromptId());
    }

    /** Of a use that {@link UseRules#beganCall} lets pass. */
    public static RunId of(KeyUsed use) {
        return new RunId(use.getUserId(), use.getPromptId());
    }

    public static RunId of(AgentRun run) {
        return new RunId(run.getUserId(), run.getPromptId());
    }

    /** Reads what {@link #toString} wrote. */
    public static RunId parse(String text) {
        int at = text.indexOf(SEPARATOR);
        if (at < 0) {
            throw new IllegalArgumentException("a run id is userId|promptId, not " + text);
        }
        return new RunId(UUID.fromString(text.substring(0, at)), UUID.fromString(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return userId.toString() + SEPARATOR + promptId;
    }
}
