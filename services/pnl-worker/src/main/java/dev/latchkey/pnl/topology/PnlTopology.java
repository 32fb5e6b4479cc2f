package dev.latchkey.pnl.topology;

import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.SplitReported;
import dev.latchkey.events.TradeReported;
import dev.latchkey.pnl.book.Instrument;
import dev.latchkey.pnl.book.MarketRules;
import dev.latchkey.pnl.book.Quote;
import dev.latchkey.pnl.book.Split;
import dev.latchkey.pnl.book.TradeRules;
import dev.latchkey.pnl.state.QuotesState;
import dev.latchkey.pnl.state.SplitsState;
import dev.latchkey.schemas.DataKeyRule;
import dev.latchkey.schemas.PrivateFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.streams.Intake;
import dev.latchkey.streams.Received;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Trades, prices and splits in; positions and closings out. Prices and splits reach every instance, trades one. */
public final class PnlTopology {
    private final WireFormat format;
    private final Intake intake;
    private final PnlPolicy policy;
    private final Payloads payloads;

    public PnlTopology(WireFormat format, PnlPolicy policy, Payloads payloads) {
        this.format = format;
        this.intake = new Intake("pnl-worker", format);
        this.policy = policy;
        this.payloads = payloads;
    }

    public void build(StreamsBuilder builder) {
        prices(builder);
        splits(builder);
        everywhere(builder, MarketTopics.QUOTES, PnlStores.QUOTES_EVERYWHERE, QuotesState.class);
        everywhere(builder, MarketTopics.SPLITS, PnlStores.SPLITS_EVERYWHERE, SplitsState.class);
        var entries = arrivals(builder)
                .process(TradeOpening.supplier(format, payloads), Named.as("trade-opening"), PnlStores.DATA_KEYS);
        intake.bury(entries.flatMapValues(PnlTopology::letters, Named.as("unopened")), "unopened-dead-letters");
        var outputs = entries.process(Bookkeeper.supplier(policy), Named.as("bookkeeper"));
        intake.bury(outputs.flatMapValues(PnlTopology::refused, Named.as("unbooked")), "unbooked-dead-letters");
        publish(outputs.flatMapValues(PnlTopology::updates, Named.as("updates")), Topics.PNL);
        publish(outputs.flatMapValues(PnlTopology::closings, Named.as("closed")), Topics.PNL_CLOSED);
    }

    private KStream<String, Arrival> arrivals(StreamsBuilder builder) {
        return intake.received(builder, Topics.TRADES, TradeRules::brokenBy)
                .mapValues(PnlTopology::traded, Named.as("traded"))
                .merge(
                        intake.stream(dataKeys(builder), Topics.DATA_KEYS, DataKeyRule::brokenBy)
                                .mapValues(_ -> new Arrival.DataKeyChanged(), Named.as("data-key-changed")),
                        Named.as("arrivals"));
    }

    /** The changelog of the table is its topic, so that no wrapped key is copied anywhere. */
    private KStream<byte[], byte[]> dataKeys(StreamsBuilder builder) {
        var keys = Serdes.serdeFrom(new ByteArraySerializer(), PnlTopology::keyOrEmpty);
        return builder.table(
                        Topics.DATA_KEYS.name(),
                        Consumed.with(keys, Serdes.ByteArray()).withName("data-keys-source"),
                        Materialized.<byte[], byte[]>as(DataKeyStore.supplier(PnlStores.DATA_KEYS, format))
                                .withKeySerde(keys)
                                .withValueSerde(Serdes.ByteArray())
                                .withCachingDisabled())
                .toStream(Named.as("data-keys-changes"));
    }

    /** A table passes over a record without a key, and then nobody would bury it. */
    private static byte[] keyOrEmpty(String topic, byte @Nullable [] key) {
        return key == null ? new byte[0] : key;
    }

    private void prices(StreamsBuilder builder) {
        intake.stream(builder, Topics.PRICES, MarketRules::brokenBy)
                .filter((_, price) -> policy.sources().accept(price), Named.as("prices-from-their-source"))
                .selectKey((_, price) -> instrument(price), Named.as("prices-by-instrument"))
                .process(
                        Keeper.supplier(PnlStores.QUOTES, PnlStores.ofQuotes(), PnlTopology::withPrice),
                        Named.as("quote-keeper"))
                .to(MarketTopics.QUOTES, produced("quotes-sink", QuotesState.class));
    }

    private void splits(StreamsBuilder builder) {
        intake.stream(builder, Topics.CORPORATE_ACTIONS, MarketRules::brokenBy)
                .process(
                        Keeper.supplier(PnlStores.SPLITS, PnlStores.ofSplits(), PnlTopology::withSplit),
                        Named.as("split-keeper"))
                .to(MarketTopics.SPLITS, produced("splits-sink", SplitsState.class));
    }

    private static <V extends SpecificRecord> void everywhere(
            StreamsBuilder builder, String topic, String store, Class<V> type) {
        var serde = new PrivateFormat<>(type);
        builder.globalTable(
                topic,
                Consumed.with(Serdes.String(), serde).withName(store + "-source"),
                Materialized.<String, V, KeyValueStore<Bytes, byte[]>>as(store)
                        .withKeySerde(Serdes.String())
                        .withValueSerde(serde));
    }

    private static <V extends SpecificRecord> Produced<String, V> produced(String name, Class<V> type) {
        return Produced.<String, V>with(Serdes.String(), new PrivateFormat<>(type))
                .withName(name);
    }

    private <V extends SpecificRecord> void publish(KStream<String, V> events, Topic<V> topic) {
        events.to(
                topic.name(),
                Produced.with(Serdes.String(), format.serde(topic)).withName(topic.name() + "-sink"));
    }

    private static Arrival traded(Received<TradeReported> trade) {
        return new Arrival.Traded(trade);
    }

    private static List<DeadLettered> letters(Entry entry) {
        return switch (entry) {
            case Entry.Buried(var letter) -> List.of(letter);
            case Entry.Traded _, Entry.Forgotten _ -> List.of();
        };
    }

    private static String instrument(PriceObserved price) {
        return Instrument.of(price).orElseThrow().name();
    }

    private static QuotesState withPrice(@Nullable QuotesState kept, PriceObserved price, Instant now) {
        return MarketFormat.write(MarketFormat.read(kept).with(Quote.of(price), now));
    }

    private static SplitsState withSplit(@Nullable SplitsState kept, SplitReported split, Instant now) {
        return MarketFormat.write(MarketFormat.read(kept).with(Split.of(split)));
    }

    @SuppressWarnings("NullAway") // A missing value is a tombstone.
    private static List<PnlUpdated> updates(Output output) {
        return switch (output) {
            case Output.Updated(var pnl) -> List.of(pnl);
            case Output.Emptied _ -> Collections.singletonList(null);
            case Output.Closed _, Output.Refused _ -> List.of();
        };
    }

    private static List<PositionClosed> closings(Output output) {
        return switch (output) {
            case Output.Closed(var closing) -> List.of(closing);
            case Output.Updated _, Output.Emptied _, Output.Refused _ -> List.of();
        };
    }

    private static List<DeadLettered> refused(Output output) {
        return switch (output) {
            case Output.Refused(var letter) -> List.of(letter);
            case Output.Updated _, Output.Emptied _, Output.Closed _ -> List.of();
        };
    }
}
