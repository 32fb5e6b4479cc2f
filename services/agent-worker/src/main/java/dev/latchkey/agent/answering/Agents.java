package dev.latchkey.agent.answering;

import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The agents that can be asked.
 *
 * @param instructions system prompt of each agent, by its name
 */
public record Agents(Map<String, String> instructions) {
    public Agents {
        instructions = Map.copyOf(instructions);
    }

    public static Agents builtIn() {
        return new Agents(Map.of("analyst", """
                You are a careful financial analyst. Answer the question with what you were given, show the figures \
                that the answer rests on, and say plainly what you do not know. Never invent prices or positions."""));
    }

    /** The conversation as the agent's model sees it; empty when there is no such agent. */
    public Optional<List<Message>> brief(String agent, List<Message> conversation) {
        return Optional.ofNullable(instructions.get(agent))
                .map(text -> Stream.concat(Stream.of(new Message(Role.SYSTEM, text)), conversation.stream())
                        .toList());
    }
}
