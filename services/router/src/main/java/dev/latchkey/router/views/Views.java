package dev.latchkey.router.views;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.usage.Period;
import dev.latchkey.router.usage.Usage;
import java.time.LocalDate;
import java.util.UUID;

/** Questions about the state of one user. */
public interface Views {
    Lookup<DefaultModel> defaultModel(UUID userId);

    Lookup<AgentRun> run(RunId id);

    /** Somebody who has taken nothing has an empty usage. */
    Lookup<Usage> usage(UUID userId, Period asked, LocalDate today);
}
