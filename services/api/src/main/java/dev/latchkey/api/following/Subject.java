package dev.latchkey.api.following;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AnswerContinued;
import java.util.UUID;

/** Whose run of which prompt: two users may have chosen the same id. */
public record Subject(UUID userId, UUID promptId) {
    boolean is(AgentRun run) {
        return run.getUserId().equals(userId) && run.getPromptId().equals(promptId);
    }

    boolean is(AnswerContinued part) {
        return part.getUserId().equals(userId) && part.getPromptId().equals(promptId);
    }
}
