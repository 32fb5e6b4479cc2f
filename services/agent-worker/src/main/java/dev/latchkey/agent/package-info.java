/** The agent-worker: takes tasks, opens the user's key, asks the user's model, publishes what came of it. Start at AgentWorkerMain. */
@NullMarked
package dev.latchkey.agent;

import org.jspecify.annotations.NullMarked;
