package dev.latchkey.router.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/** The store of bytes below serdes and changelog: what a restore writes to. */
final class InnerStore {
    private InnerStore() {}

    @SuppressWarnings("unchecked") // The innermost store of every key-value store holds bytes.
    static KeyValueStore<Bytes, byte[]> of(StateStore store) {
        var inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> wrapper) {
            inner = wrapper.wrapped();
        }
        return (KeyValueStore<Bytes, byte[]>) inner;
    }
}
