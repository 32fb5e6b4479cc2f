package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.Fee;
import dev.latchkey.events.Side;
import dev.latchkey.events.TradeKind;
import dev.latchkey.events.TradeReported;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class WireFormatTest {
    private final WireFormat format = new InMemoryFormat();
    private final TradeReported trade = TradeReported.newBuilder()
            .setEventId(UUID.fromString("018f0000-0000-7000-8000-000000000001"))
            .setKind(TradeKind.NEW)
            .setUserId(UUID.fromString("018f0000-0000-7000-8000-000000000002"))
            .setSymbol("BTC-USD")
            .setQuoteCurrency("USD")
            .setSide(Side.BUY)
            .setQuantity(new BigDecimal("0.000000000000000001"))
            .setPrice(new BigDecimal("98765432109876543210"))
            .setFees(List.of(new Fee(new BigDecimal("-0.5"), "USD", null)))
            .setExecutedAt(Instant.parse("2026-01-02T03:04:05.678901Z"))
            .build();

    @Test
    void startsWithAZeroByteAndTheSchemaIdInFourBytes() {
        byte[] value = format.serializer(Topics.TRADES).serialize("trades", trade);

        assertThat(List.of(value[0], value[1], value[2], value[3], value[4]))
                .containsExactly((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
    }

    @Test
    void returnsEveryFieldToTheLastDigit() {
        byte[] value = format.serializer(Topics.TRADES).serialize("trades", trade);

        var decoded = format.reader(Topics.TRADES).read(value);

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Event.class, event -> {
            var read = (TradeReported) event.value();
            assertThat(read.getQuantity()).isEqualByComparingTo("0.000000000000000001");
            assertThat(read.getPrice()).isEqualByComparingTo("98765432109876543210");
            assertThat(read.getFees().getFirst().getAmount()).isEqualByComparingTo("-0.5");
            assertThat(read.getExecutedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
            assertThat(read.getUserId()).isEqualTo(trade.getUserId());
        });
    }

    @Test
    void callsForeignBytesUndecodableAndSaysWhy() {
        var reader = format.reader(Topics.TRADES);

        assertThat(reader.read("hello".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Decoded.Undecodable<>("a value starts with byte 0, this one with 104"));
        assertThat(reader.read(new byte[] {0, 1}))
                .isEqualTo(new Decoded.Undecodable<>("a value has at least 5 bytes, this one has 2"));
        assertThat(reader.read(null)).isEqualTo(new Decoded.Undecodable<>("the value is null"));
    }

    @Test
    void keepsPrivateBytesWithoutARegistry() {
        var bytes = new PrivateFormat<>(TradeReported.class);

        var read = bytes.decode(bytes.encode(trade));

        assertThat(read.getEventId()).isEqualTo(trade.getEventId());
        assertThat(read.getFees().getFirst().getAmount()).isEqualByComparingTo("-0.5");
    }
}
