package dev.latchkey.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** Schemas of earlier releases: what those wrote into stores and internal topics is still there. */
final class Released {
    private static final List<String> VERSIONS = List.of("0.1.0");

    private Released() {}

    /** Empty for a type that is newer, or that was never an event. */
    static List<Schema> of(Class<?> type) {
        return VERSIONS.stream()
                .map(version -> "/released/" + version + "/" + type.getSimpleName() + ".avsc")
                .map(Released.class::getResourceAsStream)
                .filter(Objects::nonNull)
                .map(Released::parse)
                .toList();
    }

    private static Schema parse(InputStream file) {
        try (file) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new SchemaParser().parse(text).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
