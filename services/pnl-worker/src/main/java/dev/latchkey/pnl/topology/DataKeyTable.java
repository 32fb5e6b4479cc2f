package dev.latchkey.pnl.topology;

import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** What data-keys says of users. */
final class DataKeyTable implements AutoCloseable {
    private final ReadOnlyKeyValueStore<byte[], ValueAndTimestamp<byte[]>> table;
    private final EventReader<DataKeyChanged> reader;

    DataKeyTable(ReadOnlyKeyValueStore<byte[], ValueAndTimestamp<byte[]>> table, EventReader<DataKeyChanged> reader) {
        this.table = table;
        this.reader = reader;
    }

    Optional<DataKeyChanged> of(String userId) {
        return Optional.ofNullable(ValueAndTimestamp.getValueOrNull(table.get(userId.getBytes(StandardCharsets.UTF_8))))
                .map(this::event);
    }

    static boolean isForgotten(DataKeyChanged dataKey) {
        return dataKey.getWrappedKey() == null;
    }

    @Override
    public void close() {
        reader.close();
    }

    private DataKeyChanged event(byte[] bytes) {
        return switch (reader.read(bytes)) {
            case Decoded.Event<DataKeyChanged>(var event) -> event;
            case Decoded.Undecodable<DataKeyChanged>(var detail) ->
                throw new IllegalStateException("a data key can not be read again: " + detail);
        };
    }
}
