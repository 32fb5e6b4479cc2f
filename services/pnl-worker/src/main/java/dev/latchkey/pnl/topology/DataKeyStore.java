package dev.latchkey.pnl.topology;

import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.schemas.DataKeyRule;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedBytesStore;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of every user that is a data key, in memory. Whatever else is on the topic replaces nothing: not
 * when it comes, and not when the store is made again from the topic, which is its changelog.
 */
final class DataKeyStore implements KeyValueStore<Bytes, byte[]>, TimestampedBytesStore {
    private static final int TIMESTAMP_LENGTH = Long.BYTES;

    private final Map<Bytes, byte[]> known = new ConcurrentHashMap<>();
    private final String name;
    private final EventReader<DataKeyChanged> reader;
    private boolean open;

    private DataKeyStore(String name, EventReader<DataKeyChanged> reader) {
        this.name = name;
        this.reader = reader;
    }

    static KeyValueBytesStoreSupplier supplier(String name, WireFormat format) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new DataKeyStore(name, format.reader(Topics.DATA_KEYS));
            }

            @Override
            public String metricsScope() {
                return "in-memory";
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> put(Bytes.wrap(key), value));
        open = true;
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value != null && isDataKey(key, value)) {
            known.put(key, value);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's stores return a missing value for a missing key.
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        var there = known.get(key);
        if (there == null) {
            put(key, value);
        }
        return there;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    /** Deletes nothing: a tombstone is no data key. */
    @Override
    @SuppressWarnings("NullAway")
    public byte[] delete(Bytes key) {
        return known.get(key);
    }

    @Override
    @SuppressWarnings("NullAway")
    public byte[] get(Bytes key) {
        return known.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        throw new UnsupportedOperationException("data keys are asked for one by one");
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw new UnsupportedOperationException("data keys are asked for one by one");
    }

    @Override
    public long approximateNumEntries() {
        return known.size();
    }

    @Override
    public void close() {
        known.clear();
        reader.close();
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private boolean isDataKey(Bytes key, byte[] timestamped) {
        var value = Arrays.copyOfRange(timestamped, TIMESTAMP_LENGTH, timestamped.length);
        return switch (reader.read(value)) {
            case Decoded.Event<DataKeyChanged>(var event) ->
                DataKeyRule.brokenBy(new String(key.get(), StandardCharsets.UTF_8), event)
                        .isEmpty();
            case Decoded.Undecodable<DataKeyChanged> _ -> false;
        };
    }
}
