package dev.latchkey.agents;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who can be asked, and what it may do.
 *
 * @param instructions what its model is told first
 * @param tools names of the tools that it may use
 * @param approval those of its tools that a user has to approve, call by call
 */
public record Agent(String name, String instructions, Set<String> tools, Set<String> approval, Limits limits) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,99}");

    /**
     * When a run is stopped.
     *
     * @param steps questions to the model
     * @param tokens that all of them may take together, as the provider counts
     */
    public record Limits(int steps, long tokens) {
        public Limits {
            if (steps < 1 || tokens < 1) {
                throw new IllegalArgumentException("steps and tokens are at least 1, not " + steps + " and " + tokens);
            }
        }
    }

    public Agent {
        tools = Set.copyOf(tools);
        approval = Set.copyOf(approval);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of an agent is lower-case letters, digits, - and _, not " + name);
        }
        if (instructions.isBlank()) {
            throw new IllegalArgumentException("an agent has instructions");
        }
        if (!tools.containsAll(approval)) {
            throw new IllegalArgumentException(
                    "what needs approval is one of the tools " + tools + ", unlike " + approval);
        }
    }
}
