package dev.latchkey.agent.answering;

import dev.latchkey.events.Message;
import dev.latchkey.events.StepMade;
import java.util.List;

/**
 * What a model is shown.
 *
 * @param steps what it wanted of tools so far, and what came of it
 * @param tools what it may want
 */
public record Conversation(List<Message> messages, List<StepMade> steps, List<ToolOffer> tools) {
    public Conversation {
        messages = List.copyOf(messages);
        steps = List.copyOf(steps);
        tools = List.copyOf(tools);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a conversation has at least one message");
        }
    }

    /** Messages alone, for a model without tools. */
    public static Conversation of(List<Message> messages) {
        return new Conversation(messages, List.of(), List.of());
    }
}
