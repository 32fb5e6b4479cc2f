package dev.latchkey.agent.kafka;

import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Keeps what could not be worked on, as it came and with the reason. */
public final class DeadLetters {
    private static final String SERVICE = "agent-worker";

    private final Records<DeadLettered> records;
    private final InstantSource clock;

    public DeadLetters(Records<DeadLettered> records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    Output letter(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail)
            throws InterruptedException {
        var whole = letter(record).setReason(reason).setDetail(detail).build();
        return new Output(records.of(record.key(), whole), () -> withoutBytes(whole));
    }

    private Output withoutBytes(DeadLettered whole) throws InterruptedException {
        var rest = DeadLettered.newBuilder(whole)
                .setKey(null)
                .setValue(null)
                .setDetail(whole.getDetail() + "; the record is too large to be kept here")
                .build();
        return new Output(records.of(null, rest), null);
    }

    private DeadLettered.Builder letter(ConsumerRecord<byte[], byte[]> record) {
        return DeadLettered.newBuilder()
                .setSourceTopic(record.topic())
                .setSourcePartition(record.partition())
                .setSourceOffset(record.offset())
                .setKey(buffer(record.key()))
                .setValue(buffer(record.value()))
                .setService(SERVICE)
                .setRejectedAt(clock.instant());
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
