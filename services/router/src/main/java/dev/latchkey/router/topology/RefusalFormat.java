package dev.latchkey.router.topology;

import dev.latchkey.router.defaults.Refusal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.serialization.Serde;

/** A refusal in the store: 8 bytes for the revision and 8 for the microseconds of its moment, which events have. */
final class RefusalFormat {
    private RefusalFormat() {}

    static Serde<Refusal> serde() {
        return new StoreFormat<>(RefusalFormat::encode, RefusalFormat::decode);
    }

    private static byte[] encode(Refusal refusal) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(refusal.revision())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, refusal.at()))
                .array();
    }

    private static Refusal decode(ByteBuffer bytes) {
        long revision = bytes.getLong();
        return new Refusal(revision, Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS));
    }
}
