package dev.latchkey.pnl.topology;

import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.TradeReported;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.streams.Origin;
import dev.latchkey.streams.Received;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/** Where trades and data keys of a user meet: opens what is sealed, and lets nothing of a forgotten user through. */
final class TradeOpening extends ContextualProcessor<String, Arrival, String, Entry> {
    static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final WireFormat format;
    private final Payloads payloads;
    private final EventReader<TradeReported> trades;

    @SuppressWarnings("NullAway.Init") // Kafka Streams hands stores out in init.
    private DataKeyTable dataKeys;

    @SuppressWarnings("NullAway.Init")
    private FillOpener opener;

    @SuppressWarnings("NullAway.Init")
    private HeldTrades held;

    private TradeOpening(WireFormat format, Payloads payloads) {
        this.format = format;
        this.payloads = payloads;
        this.trades = format.reader(Topics.TRADES);
    }

    static ProcessorSupplier<String, Arrival, String, Entry> supplier(WireFormat format, Payloads payloads) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, Arrival, String, Entry> get() {
                return new TradeOpening(format, payloads);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return PnlStores.ofTheOpening();
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, Entry> context) {
        super.init(context);
        dataKeys = new DataKeyTable(context.getStateStore(PnlStores.DATA_KEYS), format.reader(Topics.DATA_KEYS));
        opener = new FillOpener(dataKeys, payloads.opener());
        held = new HeldTrades(context.getStateStore(PnlStores.HELD));
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, _ -> buryTheLate());
    }

    @Override
    public void process(Record<String, Arrival> record) {
        switch (record.value()) {
            case Arrival.Traded(var trade) -> take(record.key(), trade);
            case Arrival.DataKeyChanged() -> hear(record.key());
        }
    }

    @Override
    public void close() {
        trades.close();
        dataKeys.close();
    }

    private void take(String userId, Received<TradeReported> received) {
        switch (opener.open(received.event())) {
            case Opening.Opened(var trade) -> forward(userId, new Entry.Traded(trade, received.origin()));
            case Opening.TooEarly(var why) -> held.put(userId, letter(received, why));
            case Opening.Broken(var rule) -> forward(userId, new Entry.Buried(letter(received, rule)));
            case Opening.Dropped() -> payloads.dropped().increment();
        }
    }

    private void hear(String userId) {
        var dataKey = dataKeys.of(userId);
        if (dataKey.filter(DataKeyTable::isForgotten).isPresent()) {
            payloads.opener().forget(UUID.fromString(userId));
            forward(userId, new Entry.Forgotten(UUID.fromString(userId)));
        }
        held.of(userId).forEach(letter -> takeAgain(userId, letter));
    }

    private void takeAgain(String userId, DeadLettered letter) {
        switch (opener.open(trade(letter))) {
            case Opening.TooEarly _ -> {}
            case Opening.Opened(var trade) -> release(userId, letter, new Entry.Traded(trade, Origin.of(letter)));
            case Opening.Broken(var rule) -> release(userId, letter, new Entry.Buried(rewritten(letter, rule)));
            case Opening.Dropped() -> {
                held.remove(userId, letter);
                payloads.dropped().increment();
            }
        }
    }

    private void release(String userId, DeadLettered letter, Entry entry) {
        held.remove(userId, letter);
        forward(userId, entry);
    }

    private void buryTheLate() {
        for (var letter : held.putBy(now().minus(PATIENCE))) {
            release(userIdOf(letter), letter, new Entry.Buried(rewritten(letter, letter.getDetail())));
        }
    }

    private TradeReported trade(DeadLettered letter) {
        return switch (trades.read(bytes(letter.getValue()))) {
            case Decoded.Event<TradeReported>(var trade) -> trade;
            case Decoded.Undecodable<TradeReported>(var detail) ->
                throw new IllegalStateException("a held trade can not be read again: " + detail);
        };
    }

    private String userIdOf(DeadLettered letter) {
        return trade(letter).getUserId().toString();
    }

    private DeadLettered letter(Received<TradeReported> received, String detail) {
        return received.origin().letter(DeadLetterReason.INVALID, detail, now());
    }

    private DeadLettered rewritten(DeadLettered letter, String detail) {
        return Origin.of(letter).letter(DeadLetterReason.INVALID, detail, now());
    }

    private void forward(String userId, Entry entry) {
        context().forward(new Record<>(userId, entry, context().currentSystemTimeMs()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context().currentSystemTimeMs());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
