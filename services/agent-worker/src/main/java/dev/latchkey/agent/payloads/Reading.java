package dev.latchkey.agent.payloads;

import dev.latchkey.events.Message;
import dev.latchkey.events.StepMade;
import dev.latchkey.sealing.DataKey;
import java.util.List;

/** What became of what is sealed of a task. */
sealed interface Reading {
    /** The messages and steps, and the key that they were sealed under, to be wiped after use. */
    record Opened(List<Message> messages, List<StepMade> steps, DataKey key) implements Reading {}

    /** They will never open; the reason is a sentence for the user. */
    record Unreadable(String reason) implements Reading {}

    /** The task's deadline passed before anybody could say. */
    record TooLate() implements Reading {}
}
