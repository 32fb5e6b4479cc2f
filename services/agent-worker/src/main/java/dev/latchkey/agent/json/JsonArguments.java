package dev.latchkey.agent.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.latchkey.agent.answering.ArgumentFormat;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Arguments as models write them: a JSON object, or nothing at all where there are none. */
public final class JsonArguments implements ArgumentFormat {
    /** Token by token, for a tree would keep numbers as floating point. */
    @Override
    public Optional<Map<String, String>> read(String arguments) {
        if (arguments.isBlank()) {
            return Optional.of(Map.of());
        }
        try (var parser = Json.MAPPER.getFactory().createParser(arguments)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            var fields = fields(parser);
            return parser.nextToken() == null ? Optional.of(fields) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> fields(JsonParser parser) throws IOException {
        var fields = new HashMap<String, String>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                fields.put(name, structure(parser));
            } else if (token != JsonToken.VALUE_NULL) {
                fields.put(name, parser.getText());
            }
        }
        return fields;
    }

    private static String structure(JsonParser parser) throws IOException {
        var text = new StringWriter();
        try (var generator = Json.MAPPER.getFactory().createGenerator(text)) {
            generator.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }
}
