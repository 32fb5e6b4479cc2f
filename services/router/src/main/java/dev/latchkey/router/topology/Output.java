package dev.latchkey.router.topology;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.UsageCounted;
import java.util.UUID;

/** What the router says, each to a topic of its own. */
sealed interface Output {
    /** The record key. */
    String key();

    /** Whether it is about the run of that prompt. */
    default boolean isOf(UUID promptId) {
        return switch (this) {
            case TaskReleased(var task) -> task.getPromptId().equals(promptId);
            case RunMoved(var run) -> run.getPromptId().equals(promptId);
            case DefaultChosen _, DefaultLost _, UsageMoved _ -> false;
        };
    }

    record DefaultChosen(DefaultModel model) implements Output {
        @Override
        public String key() {
            return model.getUserId().toString();
        }
    }

    record DefaultLost(UUID userId) implements Output {
        @Override
        public String key() {
            return userId.toString();
        }
    }

    record TaskReleased(AgentTask task) implements Output {
        @Override
        public String key() {
            return task.getUserId().toString();
        }
    }

    record RunMoved(AgentRun run) implements Output {
        @Override
        public String key() {
            return run.getPromptId().toString();
        }
    }

    record UsageMoved(UsageCounted usage) implements Output {
        @Override
        public String key() {
            return UsageBook.key(usage);
        }
    }
}
