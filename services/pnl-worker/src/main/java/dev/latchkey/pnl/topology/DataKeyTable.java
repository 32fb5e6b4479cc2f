package dev.latchkey.pnl.topology;

import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.schemas.DataKeyRule;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import java.util.Optional;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** What data-keys says of users. A record that is none of the topic's says nothing. */
final class DataKeyTable implements AutoCloseable {
    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<byte[]>> table;
    private final EventReader<DataKeyChanged> reader;

    DataKeyTable(ReadOnlyKeyValueStore<String, ValueAndTimestamp<byte[]>> table, EventReader<DataKeyChanged> reader) {
        this.table = table;
        this.reader = reader;
    }

    Optional<DataKeyChanged> of(String userId) {
        return Optional.ofNullable(ValueAndTimestamp.getValueOrNull(table.get(userId)))
                .flatMap(this::event)
                .filter(event -> DataKeyRule.brokenBy(userId, event).isEmpty());
    }

    static boolean isForgotten(DataKeyChanged dataKey) {
        return dataKey.getWrappedKey() == null;
    }

    @Override
    public void close() {
        reader.close();
    }

    private Optional<DataKeyChanged> event(byte[] bytes) {
        return switch (reader.read(bytes)) {
            case Decoded.Event<DataKeyChanged>(var event) -> Optional.of(event);
            case Decoded.Undecodable<DataKeyChanged> _ -> Optional.empty();
        };
    }
}
