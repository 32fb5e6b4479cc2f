package dev.latchkey.router.views;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.router.runs.RunId;
import java.util.UUID;

/** Questions about the state of one user. */
public interface Views {
    Lookup<DefaultModel> defaultModel(UUID userId);

    Lookup<AgentRun> run(RunId id);
}
