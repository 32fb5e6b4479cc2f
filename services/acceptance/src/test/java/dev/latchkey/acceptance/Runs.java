package dev.latchkey.acceptance;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import java.util.Set;
import java.util.UUID;

/** What became of prompts. */
final class Runs implements AutoCloseable {
    private static final Set<RunStatus> FINAL = Set.of(RunStatus.ANSWERED, RunStatus.REFUSED, RunStatus.FAILED);

    private final TopicTail<AgentRun> runs;

    Runs(Stack stack) {
        this.runs = new TopicTail<>(stack.kafka(), Topics.AGENT_RUNS);
    }

    /** Waits for the final record of a prompt. */
    AgentRun finalOf(UUID promptId) {
        return runs.first(run -> isFinal(promptId, run))
                .orElseThrow(() -> new AssertionError("no final run for prompt " + promptId));
    }

    /** How many final records of a prompt there are now. */
    long finalsOf(UUID promptId) {
        return runs.all().stream()
                .filter(seen -> seen.is(run -> isFinal(promptId, run)))
                .count();
    }

    @Override
    public void close() {
        runs.close();
    }

    private static boolean isFinal(UUID promptId, AgentRun run) {
        return run.getPromptId().equals(promptId) && FINAL.contains(run.getStatus());
    }
}
