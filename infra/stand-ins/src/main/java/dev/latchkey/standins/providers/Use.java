package dev.latchkey.standins.providers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call of a tool, as a line of a question asks for it: {@code use NAME {json}}.
 *
 * @param ordinal 1 for the first that the question asks for
 * @param arguments as they are written there, JSON or not
 */
record Use(int ordinal, String tool, String arguments) {
    /** Asks for all calls at once instead of one after the other's result. */
    private static final Pattern ALL = Pattern.compile("(?m)^\\s*use-all\\s*$");

    private static final Pattern LINE = Pattern.compile("(?m)^\\s*use\\h+(\\S+)(?:\\h+(\\S.*?))?\\s*$");

    static List<Use> askedForBy(String text) {
        var found = LINE.matcher(text).results().toList();
        return found.stream()
                .map(line -> new Use(
                        found.indexOf(line) + 1,
                        line.group(1),
                        Optional.ofNullable(line.group(2)).orElse("{}")))
                .toList();
    }

    /** Those of the next turn, once so many have results. */
    static List<Use> next(String text, int results) {
        var left = askedForBy(text).stream().skip(results).toList();
        return ALL.matcher(text).find() ? left : left.stream().limit(1).toList();
    }

    /** The same for the same line of a question. */
    String id() {
        return "call_" + ordinal;
    }

    /** For the formats that have no text there; what is no object is none. */
    JsonNode object() {
        try {
            return Optional.of(Json.MAPPER.readTree(arguments))
                    .filter(JsonNode::isObject)
                    .orElseGet(Json.MAPPER::createObjectNode);
        } catch (JsonProcessingException e) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
