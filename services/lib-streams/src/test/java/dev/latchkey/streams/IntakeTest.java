package dev.latchkey.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IntakeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final int MEBIBYTE = 1 << 20;

    private final InMemoryFormat format = new InMemoryFormat();
    private final TopologyTestDriver driver = driver(format);
    private final TestInputTopic<byte[], byte[]> prices =
            driver.createInputTopic("prices", new ByteArraySerializer(), new ByteArraySerializer());
    private final TestOutputTopic<String, PriceObserved> admitted =
            driver.createOutputTopic("admitted", new StringDeserializer(), format.deserializer(Topics.PRICES));
    private final TestOutputTopic<String, DeadLettered> letters = driver.createOutputTopic(
            "dead-letters", new StringDeserializer(), format.deserializer(Topics.DEAD_LETTERS));

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void admitsAGoodEventUnderItsKey() {
        prices.pipeInput(bytes("BTC-USD"), encoded(price("BTC-USD")));

        assertThat(admitted.readRecordsToList())
                .extracting(record -> record.key(), record -> record.value().getSymbol())
                .containsExactly(Tuple.tuple("BTC-USD", "BTC-USD"));
        assertThat(letters.isEmpty()).isTrue();
    }

    @Test
    void buriesBytesThatAreNoEventAndGoesOn() {
        prices.pipeInput(bytes("BTC-USD"), encoded(price("BTC-USD")));
        prices.pipeInput(bytes("k"), bytes("junk!"));
        prices.pipeInput(bytes("BTC-USD"), encoded(price("BTC-USD")));

        assertThat(admitted.readValuesToList()).hasSize(2);
        assertThat(letters.readValuesToList())
                .containsExactly(new DeadLettered(
                        "prices",
                        0,
                        1L,
                        ByteBuffer.wrap(bytes("k")),
                        ByteBuffer.wrap(bytes("junk!")),
                        DeadLetterReason.UNDECODABLE,
                        "a value starts with byte 0, this one with 106",
                        "test",
                        NOW));
    }

    @Test
    void buriesAnEventThatBreaksARuleWithItsOriginalBytes() {
        byte[] value = encoded(price("BTC-USD"));

        prices.pipeInput(bytes("ETH-USD"), value);

        assertThat(letters.readValue())
                .isEqualTo(new DeadLettered(
                        "prices",
                        0,
                        0L,
                        ByteBuffer.wrap(bytes("ETH-USD")),
                        ByteBuffer.wrap(value),
                        DeadLetterReason.INVALID,
                        "the key is the symbol",
                        "test",
                        NOW));
        assertThat(admitted.isEmpty()).isTrue();
    }

    @Test
    void datesALetterWhenItIsWrittenHoweverOldItsRecordIs() {
        prices.pipeInput(bytes("k"), bytes("junk!"), NOW.minus(Duration.ofDays(100)));

        assertThat(letters.readRecord().getRecordTime()).isEqualTo(NOW);
    }

    @Test
    void leavesTheHeadersOfARecordOutOfItsLetter() {
        var header = new RecordHeaders().add("h", new byte[MEBIBYTE - 1000]);

        prices.pipeInput(new TestRecord<>(bytes("k"), bytes("junk!"), header));

        assertThat(letters.readRecord().headers()).isEmpty();
    }

    @Test
    void writesOfARecordThatIsTooLargeForALetterAllButItsBytes() {
        byte[] value = encoded(price("BTC-USD", "s".repeat(MEBIBYTE - 100)));

        prices.pipeInput(bytes("ETH-USD"), value);
        prices.pipeInput(bytes("k".repeat(MEBIBYTE / 2)), encoded(price("BTC-USD")));
        prices.pipeInput(bytes("BTC-USD"), encoded(price("BTC-USD")));

        assertThat(letters.readRecordsToList())
                .extracting(TestRecord::key, TestRecord::value)
                .containsExactly(Tuple.tuple(null, tooLarge(0)), Tuple.tuple(null, tooLarge(1)));
        assertThat(admitted.readValuesToList()).hasSize(1);
    }

    private static DeadLettered tooLarge(long offset) {
        return new DeadLettered(
                "prices",
                0,
                offset,
                null,
                null,
                DeadLetterReason.INVALID,
                "the key is the symbol; the record is too large to be kept here",
                "test",
                NOW);
    }

    @Test
    void buriesATombstone() {
        prices.pipeInput(bytes("BTC-USD"), (byte[]) null);

        assertThat(letters.readValue().getDetail()).isEqualTo("the value is null");
    }

    @Test
    void rejectsNothingBecauseTheRegistryIsAway() {
        try (var blind = driver(new AbsentRegistry(format))) {
            var input = blind.createInputTopic("prices", new ByteArraySerializer(), new ByteArraySerializer());
            byte[] value = encoded(price("BTC-USD"));

            assertThatExceptionOfType(StreamsException.class)
                    .isThrownBy(() -> input.pipeInput(bytes("BTC-USD"), value))
                    .withRootCauseInstanceOf(IOException.class);

            assertThat(blind.producedTopicNames()).isEmpty();
        }
    }

    private static TopologyTestDriver driver(WireFormat format) {
        var builder = new StreamsBuilder();
        new Intake("test", format)
                .stream(builder, Topics.PRICES, IntakeTest::keyedBySymbol)
                        .to("admitted", Produced.with(Serdes.String(), format.serde(Topics.PRICES)));
        return new TopologyTestDriver(builder.build(), new Properties(), NOW);
    }

    private static Optional<String> keyedBySymbol(String key, PriceObserved price) {
        return key.equals(price.getSymbol()) ? Optional.empty() : Optional.of("the key is the symbol");
    }

    private static PriceObserved price(String symbol) {
        return price(symbol, "test");
    }

    private static PriceObserved price(String symbol, String source) {
        return PriceObserved.newBuilder()
                .setSymbol(symbol)
                .setPrice(new BigDecimal("1.5"))
                .setObservedAt(NOW)
                .setSource(source)
                .build();
    }

    private byte[] encoded(PriceObserved price) {
        return format.serializer(Topics.PRICES).serialize("prices", price);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
