package dev.latchkey.pnl.topology;

import java.time.Instant;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Keeps what matters of the events of one symbol or instrument, and forwards it, without their headers, whenever it changes. */
final class Keeper<E, S> extends ContextualProcessor<String, E, String, S> {
    /** What matters after one more event. */
    @FunctionalInterface
    interface Fold<E, S> {
        S after(@Nullable S kept, E event, Instant now);
    }

    private final String storeName;
    private final Fold<E, S> fold;

    @SuppressWarnings("NullAway.Init") // Kafka Streams hands stores out in init.
    private KeyValueStore<String, S> store;

    private Keeper(String storeName, Fold<E, S> fold) {
        this.storeName = storeName;
        this.fold = fold;
    }

    static <E, S> ProcessorSupplier<String, E, String, S> supplier(
            String storeName, Set<StoreBuilder<?>> stores, Fold<E, S> fold) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, E, String, S> get() {
                return new Keeper<>(storeName, fold);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, S> context) {
        super.init(context);
        store = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<String, E> record) {
        var kept = store.get(record.key());
        var now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        var changed = fold.after(kept, record.value(), now);
        if (!changed.equals(kept)) {
            store.put(record.key(), changed);
            context().forward(new Record<>(record.key(), changed, record.timestamp()));
        }
    }
}
