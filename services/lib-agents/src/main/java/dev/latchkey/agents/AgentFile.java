package dev.latchkey.agents;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An agent as its operator writes it: between two lines {@code ---} what it may do, a word and a colon a line, and after
 * them the instructions.
 */
final class AgentFile {
    private static final String FENCE = "---";
    private static final Set<String> WORDS = Set.of("tools", "approval", "steps", "tokens");

    private AgentFile() {}

    /** Throws IllegalArgumentException, with a sentence that says what is wrong, for a text that describes no agent. */
    static Agent parse(String name, String text) {
        var lines = text.lines().toList();
        int end = lines.stream().skip(1).toList().indexOf(FENCE) + 1;
        if (lines.isEmpty() || !lines.getFirst().equals(FENCE) || end == 0) {
            throw new IllegalArgumentException("it begins with lines between two lines ---");
        }
        var words = words(lines.subList(1, end));
        var instructions =
                String.join("\n", lines.subList(end + 1, lines.size())).strip();
        var limits = new Agent.Limits(number("steps", words), number("tokens", words));
        return new Agent(name, instructions, names(words.get("tools")), names(words.get("approval")), limits);
    }

    private static Map<String, String> words(List<String> lines) {
        var words = new HashMap<String, String>();
        for (var line : lines) {
            int colon = line.indexOf(':');
            var word = colon < 0 ? line : line.substring(0, colon).strip();
            if (colon < 0 || !WORDS.contains(word)) {
                throw new IllegalArgumentException(
                        "a line is one of tools, approval, steps and tokens, and a colon, not " + line);
            }
            if (words.put(word, line.substring(colon + 1).strip()) != null) {
                throw new IllegalArgumentException(word + " is there twice");
            }
        }
        return words;
    }

    private static Set<String> names(@Nullable String list) {
        return list == null || list.isEmpty()
                ? Set.of()
                : Arrays.stream(list.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }

    private static int number(String word, Map<String, String> words) {
        var value = words.get(word);
        if (value == null) {
            throw new IllegalArgumentException(word + " is missing");
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(word + " is a whole number, not " + value, e);
        }
    }
}
