package dev.latchkey.agent.kafka;

import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Keeps what could not be worked on, as it came and with the reason. */
public final class DeadLetters {
    private static final String SERVICE = "agent-worker";

    private final Outlet<DeadLettered> outlet;
    private final InstantSource clock;

    public DeadLetters(Outlet<DeadLettered> outlet, InstantSource clock) {
        this.outlet = outlet;
        this.clock = clock;
    }

    void put(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail)
            throws InterruptedException {
        try {
            outlet.put(record.key(), letter(record, reason, detail).build());
        } catch (RecordTooLargeException e) {
            var withoutBytes = letter(record, reason, detail + "; the record is too large to be kept here");
            outlet.put(null, withoutBytes.setKey(null).setValue(null).build());
        }
    }

    private DeadLettered.Builder letter(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail) {
        return DeadLettered.newBuilder()
                .setSourceTopic(record.topic())
                .setSourcePartition(record.partition())
                .setSourceOffset(record.offset())
                .setKey(buffer(record.key()))
                .setValue(buffer(record.value()))
                .setReason(reason)
                .setDetail(detail)
                .setService(SERVICE)
                .setRejectedAt(clock.instant());
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
