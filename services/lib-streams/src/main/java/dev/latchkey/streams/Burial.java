package dev.latchkey.streams;

import dev.latchkey.events.DeadLettered;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes letters fit for their topic. They are dated now, since a letter as old as its record could be past the topic's
 * retention already; they leave out the record's headers; and where a record is so large that its letter would be
 * refused, the letter goes without its bytes.
 */
final class Burial extends ContextualProcessor<String, DeadLettered, @Nullable String, DeadLettered> {
    /** Kafka takes 1 MiB by default; what is left of it is for everything else in a letter. */
    private static final int MOST_BYTES = 1_000_000;

    @Override
    public void process(Record<String, DeadLettered> record) {
        long now = context().currentSystemTimeMs();
        context()
                .forward(
                        size(record.value()) > MOST_BYTES
                                ? new Record<>(null, withoutBytes(record.value()), now)
                                : new Record<>(record.key(), record.value(), now));
    }

    /** The key is in a letter twice: in it, and on it. */
    private static long size(DeadLettered letter) {
        return 2L * size(letter.getKey()) + size(letter.getValue());
    }

    private static int size(@Nullable ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }

    private static DeadLettered withoutBytes(DeadLettered letter) {
        return DeadLettered.newBuilder(letter)
                .setKey(null)
                .setValue(null)
                .setDetail(letter.getDetail() + "; the record is too large to be kept here")
                .build();
    }
}
