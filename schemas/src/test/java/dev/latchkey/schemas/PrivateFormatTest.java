package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.events.OutboxPublished;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.TradeReported;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PrivateFormatTest {
    private static final PrivateFormat<PriceObserved> FORMAT = new PrivateFormat<>(PriceObserved.class);
    private static final PriceObserved PRICE = PriceObserved.newBuilder()
            .setSymbol("BTC-USD")
            .setPrice(new BigDecimal("91250.40").setScale(18))
            .setObservedAt(Instant.parse("2026-11-20T09:00:00.000001Z"))
            .setSource("venue")
            .build();

    @Test
    void readsWhatItWrote() {
        assertThat(FORMAT.decode(FORMAT.encode(PRICE))).isEqualTo(PRICE);
    }

    /** Stores and internal topics outlive the release that wrote them. */
    @Test
    void readsWhatAnEarlierReleaseWroteBeforeFieldsWereAdded() throws IOException {
        var schema = new SchemaParser()
                .parse(Path.of("src/main/resources/released/0.1.0/TradeReported.avsc"))
                .mainSchema();
        assertThat(schema.getField("sealedFill")).isNull();

        var read = new PrivateFormat<>(TradeReported.class).decode(tradeOf(schema));

        assertThat(read.getSymbol()).isEqualTo("BTC-USD");
        assertThat(read.getSealedFill()).isNull();
    }

    private static byte[] tradeOf(Schema schema) throws IOException {
        var number = ByteBuffer.wrap(BigInteger.TEN.toByteArray());
        var trade = new GenericRecordBuilder(schema)
                .set("eventId", UUID.randomUUID().toString())
                .set("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "NEW"))
                .set("userId", UUID.randomUUID().toString())
                .set("symbol", "BTC-USD")
                .set("quoteCurrency", "USD")
                .set("side", new GenericData.EnumSymbol(schema.getField("side").schema(), "BUY"))
                .set("quantity", number)
                .set("price", number)
                .set("executedAt", 1_000_000L)
                .build();
        var encoded = new BinaryMessageEncoder<GenericData.Record>(new GenericData(), schema).encode(trade);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    static Stream<byte[]> noEvents() {
        byte[] whole = FORMAT.encode(PRICE);
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 10, damaged.length, (byte) 0xff);
        return Stream.of(
                new byte[0],
                new byte[] {1, 2, 3},
                Arrays.copyOf(whole, whole.length - 3),
                damaged,
                new PrivateFormat<>(OutboxPublished.class).encode(new OutboxPublished(7L)));
    }

    @ParameterizedTest
    @MethodSource("noEvents")
    void refusesWhatIsNoEventOfItsType(byte[] bytes) {
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> FORMAT.decode(bytes));
    }
}
