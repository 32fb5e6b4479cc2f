package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemasTest {
    static Stream<Schema> schemas() {
        return Topics.all().stream().map(Topic::schema);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void documentsEveryRecordAndEveryField(Schema schema) {
        var undocumented = new ArrayList<String>();
        collect(schema, undocumented, new ArrayList<>());

        assertThat(undocumented).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void hasNoFloatingPointAnywhere(Schema schema) {
        assertThat(schema.toString()).doesNotContain("\"double\"").doesNotContain("\"float\"");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void holdsEveryDecimalIn38DigitsOf18Decimals(Schema schema) {
        assertThat(decimals(schema, new ArrayList<>()))
                .allMatch(decimal -> decimal.getPrecision() == 38 && decimal.getScale() == 18);
    }

    private static void collect(Schema schema, List<String> undocumented, List<Schema> seen) {
        if (seen.contains(schema)) {
            return;
        }
        seen.add(schema);
        switch (schema.getType()) {
            case RECORD -> {
                require(schema.getFullName(), schema.getDoc(), undocumented);
                for (var field : schema.getFields()) {
                    require(schema.getFullName() + "." + field.name(), field.doc(), undocumented);
                    collect(field.schema(), undocumented, seen);
                }
            }
            case ENUM -> require(schema.getFullName(), schema.getDoc(), undocumented);
            case UNION -> schema.getTypes().forEach(type -> collect(type, undocumented, seen));
            case ARRAY -> collect(schema.getElementType(), undocumented, seen);
            case MAP -> collect(schema.getValueType(), undocumented, seen);
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }

    private static void require(String what, String doc, List<String> undocumented) {
        if (doc == null || doc.isBlank()) {
            undocumented.add(what);
        }
    }

    private static List<LogicalTypes.Decimal> decimals(Schema schema, List<LogicalTypes.Decimal> found) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            found.add(decimal);
        }
        switch (schema.getType()) {
            case RECORD -> schema.getFields().forEach(field -> decimals(field.schema(), found));
            case UNION -> schema.getTypes().forEach(type -> decimals(type, found));
            case ARRAY -> decimals(schema.getElementType(), found);
            case MAP -> decimals(schema.getValueType(), found);
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
        return found;
    }
}
