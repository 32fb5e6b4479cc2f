package dev.latchkey.streams;

import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Admits or rejects one record after the other. */
final class Door<V extends SpecificRecord> extends ContextualProcessor<byte[], byte[], String, Admission<V>> {
    private final String service;
    private final Topic<V> topic;
    private final EventReader<V> reader;
    private final Rule<V> rule;

    Door(String service, Topic<V> topic, EventReader<V> reader, Rule<V> rule) {
        this.service = service;
        this.topic = topic;
        this.reader = reader;
        this.rule = rule;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var key = text(record.key());
        context().forward(record.withKey(key).withValue(admission(key, record)));
    }

    @Override
    public void close() {
        reader.close();
    }

    private Admission<V> admission(String key, Record<byte[], byte[]> record) {
        var origin = Origin.of(service, topic.name(), context().recordMetadata(), record);
        return switch (reader.read(record.value())) {
            case Decoded.Undecodable<V>(var detail) -> rejected(origin, DeadLetterReason.UNDECODABLE, detail);
            case Decoded.Event<V>(var event) ->
                rule.brokenBy(key, event)
                        .map(broken -> rejected(origin, DeadLetterReason.INVALID, broken))
                        .orElseGet(() -> new Admission.Admitted<>(new Received<>(event, origin)));
        };
    }

    private Admission<V> rejected(Origin origin, DeadLetterReason reason, String detail) {
        var now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        return new Admission.Rejected<>(origin.letter(reason, detail, now));
    }

    private static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
