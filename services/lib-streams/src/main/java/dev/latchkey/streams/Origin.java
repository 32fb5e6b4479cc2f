package dev.latchkey.streams;

import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A record as it came: what its dead letter would keep. */
public record Origin(
        String service,
        String topic,
        int partition,
        long offset,
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer value) {
    static Origin of(String service, String topic, Optional<RecordMetadata> place, Record<byte[], byte[]> record) {
        return new Origin(
                service,
                topic,
                place.map(RecordMetadata::partition).orElse(-1),
                place.map(RecordMetadata::offset).orElse(-1L),
                buffer(record.key()),
                buffer(record.value()));
    }

    /** Where the record of a letter came from. */
    public static Origin of(DeadLettered letter) {
        return new Origin(
                letter.getService(),
                letter.getSourceTopic(),
                letter.getSourcePartition(),
                letter.getSourceOffset(),
                letter.getKey(),
                letter.getValue());
    }

    /** The dead letter of the record; the detail is the broken rule in one sentence, without the content. */
    public DeadLettered letter(DeadLetterReason reason, String detail, Instant now) {
        return DeadLettered.newBuilder()
                .setSourceTopic(topic)
                .setSourcePartition(partition)
                .setSourceOffset(offset)
                .setKey(key)
                .setValue(value)
                .setReason(reason)
                .setDetail(detail)
                .setService(service)
                .setRejectedAt(now)
                .build();
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
