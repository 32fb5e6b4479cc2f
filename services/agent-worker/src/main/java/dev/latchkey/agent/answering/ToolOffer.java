package dev.latchkey.agent.answering;

import java.util.List;

/** A tool as a model is told of it: arguments come as one JSON object with these fields. */
public record ToolOffer(String name, String description, List<Parameter> parameters) {
    /**
     * A field of the arguments: always a text, for a number that a model writes as one loses its last digits.
     *
     * @param choices all that it may be; empty for any text
     */
    public record Parameter(String name, String description, boolean required, List<String> choices) {
        public Parameter {
            choices = List.copyOf(choices);
        }
    }

    public ToolOffer {
        parameters = List.copyOf(parameters);
    }
}
