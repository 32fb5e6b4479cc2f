package dev.latchkey.api.following;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AnswerContinued;

/** Something that was heard of a run. Whoever goes on from the cursor hears everything after it. */
public sealed interface News {
    Cursor cursor();

    record Moved(Cursor cursor, AgentRun run) implements News {}

    record Continued(Cursor cursor, AnswerContinued part) implements News {}
}
