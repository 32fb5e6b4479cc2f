package dev.latchkey.pnl.topology;

import dev.latchkey.events.BookMethod;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.SplitReported;
import dev.latchkey.events.TradeReported;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.caching.CachingDataKeyOpener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.SchemaParser;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** The real topology on Kafka's test driver, with everything it has published so far. */
public final class RunningBooks implements AutoCloseable {
    public static final PnlPolicy FIFO = policy(BookMethod.FIFO);
    public static final PnlPolicy AVERAGE = policy(BookMethod.AVERAGE);

    private static final int HEADER_LENGTH = 5;

    private final InMemoryFormat format = new InMemoryFormat();
    private final Path stateDir = temporary();
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> trades;
    private final TestInputTopic<String, byte[]> dataKeys;
    private final TestInputTopic<String, byte[]> prices;
    private final TestInputTopic<String, byte[]> splits;
    private final TestOutputTopic<String, byte[]> pnl;
    private final TestOutputTopic<String, byte[]> closed;
    private final TestOutputTopic<String, byte[]> letters;
    private final Map<String, byte[]> published = new TreeMap<>();

    public RunningBooks(PnlPolicy policy, Instant now) {
        this(policy, payloads(), now);
    }

    RunningBooks(PnlPolicy policy, Payloads payloads, Instant now) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "pnl-worker-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.REUSE_KTABLE_SOURCE_TOPICS);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        new PnlTopology(format, policy, payloads).build(builder);
        driver = new TopologyTestDriver(builder.build(properties), properties, now);
        trades = input(Topics.TRADES);
        dataKeys = input(Topics.DATA_KEYS);
        prices = input(Topics.PRICES);
        splits = input(Topics.CORPORATE_ACTIONS);
        pnl = output(Topics.PNL);
        closed = output(Topics.PNL_CLOSED);
        letters = output(Topics.DEAD_LETTERS);
    }

    /** With a Vault that nobody sealed anything in. */
    public static Payloads payloads() {
        return payloads(new FakeVault());
    }

    static Payloads payloads(DataKeyOpener vault) {
        return new Payloads(
                new CachingDataKeyOpener(vault, new CacheLimits(10, Duration.ofSeconds(60))), new LongAdder());
    }

    static PnlPolicy policy(BookMethod method) {
        return new PnlPolicy(method, Duration.ofMillis(500), Duration.ofMinutes(15), PriceSources.parse(""));
    }

    public void trade(TradeReported... events) {
        for (var event : events) {
            tradeAs(event.getUserId().toString(), event);
        }
    }

    void tradeAs(String key, TradeReported event) {
        trades.pipeInput(key, encoded(Topics.TRADES, event));
    }

    void dataKey(DataKeyChanged event) {
        dataKeys.pipeInput(event.getUserId().toString(), encoded(Topics.DATA_KEYS, event));
    }

    /** A trade with numbers beyond decimal(38,18), as only a producer that does not check them writes it. */
    void tooWide(TradeReported event) {
        var schema = new SchemaParser()
                .parse(TradeReported.getClassSchema().toString().replace("\"precision\":38", "\"precision\":60"))
                .mainSchema();
        var out = new ByteArrayOutputStream();
        out.write(encoded(Topics.TRADES, Trades.buy("narrow", 1, "1", "1")), 0, HEADER_LENGTH);
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<TradeReported>(schema, SpecificData.getForClass(TradeReported.class))
                    .write(event, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        junk(event.getUserId().toString(), out.toByteArray());
    }

    void junk(String key, byte[] value) {
        trades.pipeInput(key, value);
    }

    void junkOnDataKeys(@Nullable String key, byte @Nullable [] value) {
        dataKeys.pipeInput(key, value);
    }

    void dataKeyAs(String key, DataKeyChanged event) {
        junkOnDataKeys(key, encoded(Topics.DATA_KEYS, event));
    }

    public void price(String symbol, String price, Instant observedAt) {
        price(symbol, null, price, observedAt);
    }

    public void price(String symbol, @Nullable String quoteCurrency, String price, Instant observedAt) {
        price(symbol, new PriceObserved(symbol, Trades.decimal(price), observedAt, "test", quoteCurrency));
    }

    void price(String key, PriceObserved event) {
        prices.pipeInput(key, encoded(Topics.PRICES, event));
    }

    public void split(SplitReported event) {
        splits.pipeInput(event.getSymbol(), encoded(Topics.CORPORATE_ACTIONS, event));
    }

    static SplitReported split(String name, String symbol, int numerator, Instant effectiveAt) {
        return new SplitReported(
                Trades.id(name),
                symbol,
                BigDecimal.valueOf(numerator).setScale(18),
                BigDecimal.ONE.setScale(18),
                effectiveAt);
    }

    public void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** The records on pnl since the last look, in order. */
    List<PnlUpdated> updates() {
        return pnl.readRecordsToList().stream()
                .peek(record -> keep(record.key(), record.value()))
                .filter(record -> record.value() != null)
                .map(record -> decoded(Topics.PNL, record.value()))
                .toList();
    }

    /** What a compacted pnl topic holds, by key. */
    public Map<String, PnlUpdated> state() {
        updates();
        var state = new TreeMap<String, PnlUpdated>();
        published.forEach((key, value) -> state.put(key, decoded(Topics.PNL, value)));
        return state;
    }

    /** What a compacted pnl topic holds, to the byte. */
    Map<String, String> bytes() {
        updates();
        var bytes = new TreeMap<String, String>();
        published.forEach((key, value) -> bytes.put(key, HexFormat.of().formatHex(value)));
        return bytes;
    }

    public PnlUpdated at(PnlLevel level) {
        return state().values().stream()
                .filter(figures -> figures.getLevel() == level)
                .findFirst()
                .orElseThrow();
    }

    /** The records on pnl-closed since the last look, in order. */
    public List<PositionClosed> closings() {
        return closed.readValuesToList().stream()
                .map(value -> decoded(Topics.PNL_CLOSED, value))
                .toList();
    }

    List<DeadLettered> deadLetters() {
        return letters.readValuesToList().stream()
                .map(value -> decoded(Topics.DEAD_LETTERS, value))
                .toList();
    }

    TopologyTestDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
        try {
            Utils.delete(stateDir.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("pnl-worker-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(String key, byte @Nullable [] value) {
        if (value == null) {
            published.remove(key);
        } else {
            published.put(key, value);
        }
    }

    private <V extends SpecificRecord> byte[] encoded(Topic<V> topic, V event) {
        return format.serializer(topic).serialize(topic.name(), event);
    }

    private <V extends SpecificRecord> V decoded(Topic<V> topic, byte[] value) {
        return format.deserializer(topic).deserialize(topic.name(), value);
    }

    private TestInputTopic<String, byte[]> input(Topic<?> topic) {
        return driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<String, byte[]> output(Topic<?> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer());
    }
}
