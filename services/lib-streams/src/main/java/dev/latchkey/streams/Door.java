package dev.latchkey.streams;

import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topic;
import java.nio.ByteBuffer;
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
        return switch (reader.read(record.value())) {
            case Decoded.Undecodable<V>(var detail) -> rejected(record, DeadLetterReason.UNDECODABLE, detail);
            case Decoded.Event<V>(var event) ->
                rule.brokenBy(key, event)
                        .map(broken -> rejected(record, DeadLetterReason.INVALID, broken))
                        .orElseGet(() -> new Admission.Admitted<>(event));
        };
    }

    private Admission<V> rejected(Record<byte[], byte[]> record, DeadLetterReason reason, String detail) {
        var origin = context().recordMetadata();
        return new Admission.Rejected<>(DeadLettered.newBuilder()
                .setSourceTopic(topic.name())
                .setSourcePartition(origin.map(at -> at.partition()).orElse(-1))
                .setSourceOffset(origin.map(at -> at.offset()).orElse(-1L))
                .setKey(buffer(record.key()))
                .setValue(buffer(record.value()))
                .setReason(reason)
                .setDetail(detail)
                .setService(service)
                .setRejectedAt(Instant.ofEpochMilli(context().currentSystemTimeMs()))
                .build());
    }

    private static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
