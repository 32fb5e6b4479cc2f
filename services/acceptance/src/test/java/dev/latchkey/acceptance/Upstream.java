package dev.latchkey.acceptance;

import dev.latchkey.events.Fee;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.events.Side;
import dev.latchkey.events.TradeKind;
import dev.latchkey.events.TradeReported;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events as upstream services make them. */
final class Upstream {
    private static final int SCALE = 18;

    private Upstream() {}

    /** A question to the user's default model. */
    static PromptSubmitted prompt(UUID userId) {
        return PromptSubmitted.newBuilder()
                .setPromptId(UUID.randomUUID())
                .setUserId(userId)
                .setAgent("analyst")
                .setMessages(List.of(new Message(Role.USER, "What do I hold?")))
                .setModelChoice(new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of()))
                .setSubmittedAt(Instant.now())
                .build();
    }

    static TradeReported buy(UUID userId, String quantity, String price) {
        return fill(userId, Side.BUY, amount(quantity), amount(price));
    }

    static TradeReported sell(UUID userId, String quantity, String price) {
        return fill(userId, Side.SELL, amount(quantity), amount(price));
    }

    private static TradeReported fill(UUID userId, Side side, BigDecimal quantity, BigDecimal price) {
        return TradeReported.newBuilder()
                .setEventId(UUID.randomUUID())
                .setKind(TradeKind.NEW)
                .setUserId(userId)
                .setSymbol("BTC-USD")
                .setQuoteCurrency("USD")
                .setSide(side)
                .setQuantity(quantity)
                .setPrice(price)
                .setFees(List.<Fee>of())
                .setExecutedAt(Instant.now())
                .build();
    }

    private static BigDecimal amount(String text) {
        return new BigDecimal(text).setScale(SCALE);
    }
}
