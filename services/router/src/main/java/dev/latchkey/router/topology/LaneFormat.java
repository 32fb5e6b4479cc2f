package dev.latchkey.router.topology;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;

/** A lane in the store: 4 bytes for what is released, and for each line 4 for its size, 8 for its head and 8 for its tail. */
final class LaneFormat {
    private static final int LINE = Integer.BYTES + 2 * Long.BYTES;

    private LaneFormat() {}

    static Serde<Lane> serde() {
        return new StoreFormat<>(LaneFormat::encode, LaneFormat::decode);
    }

    private static byte[] encode(Lane lane) {
        var bytes = ByteBuffer.allocate(Integer.BYTES + 2 * LINE).putInt(lane.released());
        put(lane.begun(), bytes);
        put(lane.fresh(), bytes);
        return bytes.array();
    }

    private static void put(Line line, ByteBuffer bytes) {
        bytes.putInt(line.size()).putLong(line.head()).putLong(line.tail());
    }

    private static Lane decode(ByteBuffer bytes) {
        int released = bytes.getInt();
        var begun = line(bytes);
        return new Lane(released, begun, line(bytes));
    }

    private static Line line(ByteBuffer bytes) {
        int size = bytes.getInt();
        long head = bytes.getLong();
        return new Line(size, head, bytes.getLong());
    }
}
