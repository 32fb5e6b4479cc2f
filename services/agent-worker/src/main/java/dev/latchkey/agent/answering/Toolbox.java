package dev.latchkey.agent.answering;

import dev.latchkey.agents.Agent;
import dev.latchkey.events.ToolCall;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tools that there are, and which of them an agent may use how. */
public final class Toolbox {
    private static final String NO_TOOL = "There is no tool of that name.";
    private static final String NO_OBJECT = "The arguments are not a JSON object, so the call was not made.";

    private final SortedMap<String, Tool> byName;
    private final ArgumentFormat format;

    /** What is to be done about a call. */
    sealed interface Judged {
        /** It can be made. */
        record Right(Tool tool, Map<String, String> arguments) implements Judged {}

        /** It can not, and the model is told why. */
        record Wrong(String sentence) implements Judged {}
    }

    public Toolbox(Collection<Tool> tools, ArgumentFormat format) {
        this.byName = tools.stream()
                .collect(Collectors.toMap(
                        tool -> tool.offer().name(),
                        Function.identity(),
                        (one, other) -> {
                            throw new IllegalArgumentException(
                                    "two tools are called " + one.offer().name());
                        },
                        TreeMap::new));
        this.format = format;
    }

    List<ToolOffer> offers(Agent agent) {
        return byName.values().stream()
                .map(Tool::offer)
                .filter(offer -> agent.tools().contains(offer.name()))
                .toList();
    }

    Judged judge(ToolCall call, Agent agent) {
        var tool = byName.get(call.getTool());
        if (tool == null || !agent.tools().contains(call.getTool())) {
            return new Judged.Wrong(NO_TOOL);
        }
        var arguments = format.read(call.getArguments());
        return arguments.isEmpty() ? new Judged.Wrong(NO_OBJECT) : judge(tool, arguments.get());
    }

    boolean isReadable(String arguments) {
        return format.read(arguments).isPresent();
    }

    private static Judged judge(Tool tool, Map<String, String> arguments) {
        return objection(tool.offer(), arguments)
                .or(() -> tool.objection(arguments))
                .<Judged>map(Judged.Wrong::new)
                .orElseGet(() -> new Judged.Right(tool, arguments));
    }

    private static Optional<String> objection(ToolOffer offer, Map<String, String> arguments) {
        return offer.parameters().stream()
                .flatMap(parameter -> objection(parameter, arguments.get(parameter.name())).stream())
                .findFirst();
    }

    private static Optional<String> objection(ToolOffer.Parameter parameter, @Nullable String value) {
        if (value == null) {
            return parameter.required() ? Optional.of(parameter.name() + " is missing.") : Optional.empty();
        }
        return parameter.choices().isEmpty() || parameter.choices().contains(value)
                ? Optional.empty()
                : Optional.of(parameter.name() + " is one of " + String.join(", ", parameter.choices()) + ".");
    }
}
