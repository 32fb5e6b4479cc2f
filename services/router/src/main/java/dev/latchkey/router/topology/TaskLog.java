package dev.latchkey.router.topology;

import dev.latchkey.events.AgentTask;
import java.util.List;

/** The tasks that have left, as their topic has them. */
public interface TaskLog {
    /** The last tasks of a partition in their order, at most so many; fewer only when there are no more. */
    List<AgentTask> last(int partition, int most);
}
