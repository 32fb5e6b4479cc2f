package dev.latchkey.pnl.topology;

import dev.latchkey.events.Fee;
import dev.latchkey.events.Side;
import dev.latchkey.events.TradeKind;
import dev.latchkey.events.TradeReported;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Trade events for tests: each has a name that its id is made from. */
public final class Trades {
    public static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    public static final UUID USER = id("user");

    private Trades() {}

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** A decimal as events carry it. */
    public static BigDecimal decimal(String text) {
        return new BigDecimal(text).setScale(18);
    }

    public static TradeReported buy(String name, int second, String quantity, String price, Fee... fees) {
        return trade(name, second, Side.BUY, quantity, price, fees);
    }

    public static TradeReported sell(String name, int second, String quantity, String price, Fee... fees) {
        return trade(name, second, Side.SELL, quantity, price, fees);
    }

    public static TradeReported correction(String name, String of, TradeReported values) {
        return TradeReported.newBuilder(values)
                .setEventId(id(name))
                .setKind(TradeKind.CORRECT)
                .setRefId(id(of))
                .build();
    }

    public static TradeReported cancellation(String name, TradeReported of) {
        return TradeReported.newBuilder(of)
                .setEventId(id(name))
                .setKind(TradeKind.CANCEL)
                .setRefId(of.getEventId())
                .build();
    }

    public static TradeReported by(String algorithm, TradeReported trade) {
        return TradeReported.newBuilder(trade).setAlgorithmId(algorithm).build();
    }

    public static TradeReported in(String symbol, String quoteCurrency, TradeReported trade) {
        return TradeReported.newBuilder(trade)
                .setSymbol(symbol)
                .setQuoteCurrency(quoteCurrency)
                .build();
    }

    public static Fee fee(String amount, String currency) {
        return new Fee(decimal(amount), currency, null);
    }

    public static Fee fee(String amount, String currency, String rate) {
        return new Fee(decimal(amount), currency, decimal(rate));
    }

    private static TradeReported trade(String name, int second, Side side, String quantity, String price, Fee... fees) {
        return TradeReported.newBuilder()
                .setEventId(id(name))
                .setKind(TradeKind.NEW)
                .setUserId(USER)
                .setAlgorithmId("alpha")
                .setSymbol("BTC-USD")
                .setQuoteCurrency("USD")
                .setSide(side)
                .setQuantity(decimal(quantity))
                .setPrice(decimal(price))
                .setFees(List.of(fees))
                .setExecutedAt(START.plusSeconds(second))
                .build();
    }
}
