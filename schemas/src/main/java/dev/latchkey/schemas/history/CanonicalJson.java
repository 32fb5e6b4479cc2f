package dev.latchkey.schemas.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event as RFC 8785 writes JSON, so that there is one text for it: fields by name, no spaces, times as microseconds since 1970.
 * Fields without a value are left out, so that an event has the same text after its schema has got a new optional field.
 */
final class CanonicalJson {
    private static final Map<Schema, List<Schema.Field>> SORTED = new ConcurrentHashMap<>();

    private final StringBuilder text = new StringBuilder(512);

    private CanonicalJson() {}

    /** Leaves out the field of that name, wherever it is. */
    static String of(SpecificRecord event, String without) {
        var json = new CanonicalJson();
        json.object(event, without);
        return json.text.toString();
    }

    private void object(SpecificRecord event, String without) {
        char separator = '{';
        for (var field : sorted(event.getSchema())) {
            var value = event.get(field.pos());
            if (value != null && !field.name().equals(without)) {
                text.append(separator);
                string(field.name());
                text.append(':');
                value(value, without);
                separator = ',';
            }
        }
        text.append(separator == '{' ? "{}" : "}");
    }

    private void value(Object value, String without) {
        switch (value) {
            case SpecificRecord event -> object(event, without);
            case Long number -> text.append(number.longValue());
            case Boolean yesOrNo -> text.append(yesOrNo.booleanValue());
            case Instant moment -> text.append(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
            case CharSequence words -> string(words);
            case UUID id -> string(id.toString());
            case Enum<?> symbol -> string(symbol.name());
            default -> throw new IllegalArgumentException("no text is defined for a " + value.getClass());
        }
    }

    private void string(CharSequence words) {
        text.append('"');
        for (int i = 0; i < words.length(); i++) {
            character(words.charAt(i));
        }
        text.append('"');
    }

    private void character(char character) {
        switch (character) {
            case '"', '\\' -> text.append('\\').append(character);
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> plainOrEscaped(character);
        }
    }

    private void plainOrEscaped(char character) {
        if (character < ' ') {
            text.append(String.format("\\u%04x", (int) character));
        } else {
            text.append(character);
        }
    }

    private static List<Schema.Field> sorted(Schema schema) {
        return SORTED.computeIfAbsent(
                schema,
                record -> record.getFields().stream()
                        .sorted(Comparator.comparing(Schema.Field::name))
                        .toList());
    }
}
