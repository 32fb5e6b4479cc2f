package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.cancellation;
import static dev.latchkey.pnl.topology.Trades.correction;
import static dev.latchkey.pnl.topology.Trades.fee;
import static dev.latchkey.pnl.topology.Trades.in;
import static dev.latchkey.pnl.topology.Trades.sell;

import dev.latchkey.events.Fee;
import dev.latchkey.events.TradeReported;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A user's trades at random, the same for the same seed: two symbols, three books each, every kind of fee, amendments. */
final class RandomTrades {
    private static final int FILLS = 40;
    private static final int AMENDMENTS = 8;

    private final Random random;

    RandomTrades(long seed) {
        this.random = new Random(seed);
    }

    /** In event order. */
    List<TradeReported> fills() {
        var fills = new ArrayList<TradeReported>();
        for (int second = 1; second <= FILLS; second++) {
            fills.add(fill("fill-" + second, second));
        }
        return fills;
    }

    /** Fills and corrections and cancellations of some of them. */
    List<TradeReported> withAmendments() {
        var events = new ArrayList<>(fills());
        for (int number = 1; number <= AMENDMENTS; number++) {
            var amended = events.get(random.nextInt(FILLS));
            events.add(amendment("amendment-" + number, amended, FILLS + number));
        }
        return events;
    }

    /** The same events in any order, some of them twice. */
    List<TradeReported> asTheyMayArrive(List<TradeReported> events) {
        var arriving = new ArrayList<>(events);
        arriving.addAll(events.subList(0, FILLS / 4));
        Collections.shuffle(arriving, random);
        return arriving;
    }

    private TradeReported amendment(String name, TradeReported amended, int second) {
        return random.nextInt(3) == 0
                ? cancellation(name, amended)
                : TradeReported.newBuilder(correction(name, "", fill(name, second)))
                        .setRefId(amended.getEventId())
                        .build();
    }

    private TradeReported fill(String name, int second) {
        var price = Integer.toString(90 + random.nextInt(20));
        var quantity = "0." + (1 + random.nextInt(9));
        var fill = random.nextBoolean()
                ? buy(name, second, quantity, price, anyFee())
                : sell(name, second, quantity, price, anyFee());
        var symbol = random.nextBoolean() ? "BTC-USD" : "ETH-USD";
        return TradeReported.newBuilder(in(symbol, "USD", fill))
                .setAlgorithmId(anyAlgorithm())
                .build();
    }

    private Fee anyFee() {
        return switch (random.nextInt(5)) {
            case 0 -> fee("0.25", "USD");
            case 1 -> fee("-0.1", "USD");
            case 2 -> fee("0.003", "BTC", "100");
            case 3 -> fee("0.01", "BNB", "600");
            default -> fee("0.02", "BNB");
        };
    }

    private @Nullable String anyAlgorithm() {
        return switch (random.nextInt(3)) {
            case 0 -> "alpha";
            case 1 -> "beta";
            default -> null;
        };
    }
}
