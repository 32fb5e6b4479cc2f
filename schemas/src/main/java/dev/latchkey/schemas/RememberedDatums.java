package dev.latchkey.schemas;

import io.apicurio.registry.serde.avro.AvroDatumProvider;
import io.apicurio.registry.serde.avro.AvroSerdeConfig;
import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;

/**
 * What reads and writes events of a schema, made once. Apicurio's own remembers by a fingerprint that it makes of the whole schema
 * for every record, which took a fifth of the router's time. There are as many as there are versions of schemas.
 */
public final class RememberedDatums<T> implements AvroDatumProvider<T> {
    private final AvroDatumProvider<T> made = new DefaultAvroDatumProvider<>();
    private final Map<Schema, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private final Map<Written, DatumWriter<T>> writers = new ConcurrentHashMap<>();

    private record Written(Class<?> type, Schema schema) {}

    @Override
    public void configure(AvroSerdeConfig config) {
        made.configure(config);
    }

    @Override
    public DatumWriter<T> createDatumWriter(T event, Schema schema) {
        return writers.computeIfAbsent(
                new Written(event.getClass(), schema), written -> made.createDatumWriter(event, written.schema()));
    }

    @Override
    public DatumReader<T> createDatumReader(Schema schema) {
        return readers.computeIfAbsent(schema, made::createDatumReader);
    }

    @Override
    public Schema toSchema(T event) {
        return made.toSchema(event);
    }
}
