package dev.latchkey.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** FULL_TRANSITIVE: every schema reads, and is read by, every released version of itself. */
final class CompatibilityTest {
    private static final Path RELEASED = Path.of("src/main/resources/released");

    static Stream<Topic<?>> topics() {
        return Topics.all().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void readsAndIsReadByEveryReleasedVersion(Topic<?> topic) {
        assertThat(released(topic))
                .isNotEmpty()
                .allSatisfy(old -> assertThat(breaks(old, topic.schema())).isEmpty());
    }

    @Test
    void refusesAFieldWithoutADefault() {
        var old = schema("{'type':'record','name':'E','fields':[{'name':'a','type':'long'}]}");
        var changed =
                schema("{'type':'record','name':'E','fields':[{'name':'a','type':'long'},{'name':'b','type':'long'}]}");

        assertThat(breaks(old, changed)).isNotEmpty();
    }

    @Test
    void refusesTheRemovalOfAFieldWithoutADefault() {
        var old =
                schema("{'type':'record','name':'E','fields':[{'name':'a','type':'long'},{'name':'b','type':'long'}]}");
        var changed = schema("{'type':'record','name':'E','fields':[{'name':'a','type':'long'}]}");

        assertThat(breaks(old, changed)).isNotEmpty();
    }

    private static List<String> breaks(Schema old, Schema changed) {
        return Stream.of(
                        SchemaCompatibility.checkReaderWriterCompatibility(old, changed),
                        SchemaCompatibility.checkReaderWriterCompatibility(changed, old))
                .filter(pair -> pair.getType() != COMPATIBLE)
                .map(SchemaCompatibility.SchemaPairCompatibility::getDescription)
                .toList();
    }

    private static List<Schema> released(Topic<?> topic) {
        var file = topic.type().getSimpleName() + ".avsc";
        try (var versions = Files.list(RELEASED)) {
            return versions.map(version -> version.resolve(file))
                    .filter(Files::exists)
                    .map(CompatibilityTest::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(Path file) {
        try {
            return new SchemaParser().parse(file).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schema(String json) {
        return new SchemaParser().parse(json.replace('\'', '"')).mainSchema();
    }
}
