package dev.latchkey.pnl.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.latchkey.events.Fee;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.events.Side;
import dev.latchkey.events.SplitReported;
import dev.latchkey.events.TradeKind;
import dev.latchkey.events.TradeReported;
import dev.latchkey.pnl.topology.PnlPolicy;
import dev.latchkey.pnl.topology.RunningBooks;
import dev.latchkey.pnl.topology.Trades;
import dev.latchkey.pnl.vectors.Vector.VectorSplit;
import dev.latchkey.pnl.vectors.Vector.VectorTrade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What 11 public engines assert in their own tests, asserted of the real topology. */
final class VectorsTest {
    private static final Logger LOG = LoggerFactory.getLogger(VectorsTest.class);
    private static final int SCALE = 18;
    private static final Set<String> LISTS = Set.of("closedTradePnls", "closingFillPnls", "closingFillGross");

    @Test
    void everyCaseIsRunExceptThoseOfOtherMethodsAndConventions() {
        var left = new TreeMap<String, String>();
        Vector.all().forEach(vector -> vector.reasonToLeaveOut().ifPresent(reason -> left.put(vector.id(), reason)));

        left.forEach((id, reason) -> LOG.info("Vector left out id={} reason={}", id, reason));
        assertThat(Vector.all()).hasSize(81);
        assertThat(left)
                .isEqualTo(Map.of(
                        "S032", "the last in is the first out: scale in/out 1 LIFO",
                        "S051", "reference-only: DIVERGENCE: base fee capitalised, quantity not reduced",
                        "S067", "the last in is the first out: ta4j LIFO"));
    }

    @TestFactory
    Stream<DynamicTest> agreesWithSourceAndOracle() {
        return ours().map(vector -> dynamicTest(vector.toString(), () -> {
            var ours = play(vector);

            assertExpected(vector, ours);
            assertOracle(vector, ours);
        }));
    }

    private static Stream<Vector> ours() {
        return Vector.all().stream().filter(vector -> vector.reasonToLeaveOut().isEmpty());
    }

    private static void assertExpected(Vector vector, OurFigures ours) {
        vector.expected().forEach((field, value) -> {
            if (LISTS.contains(field)) {
                assertGrouped(ours.closings(), (List<?>) value);
            } else {
                assertThat(ours.expectedField(field, vector.convention())
                                .subtract(new BigDecimal((String) value))
                                .abs())
                        .as("%s %s", vector.id(), field)
                        .isLessThanOrEqualTo(vector.slack(field));
            }
        });
    }

    /** Sources list one result per pair of lot and exit; a closing is the sum of the pairs of one fill. */
    private static void assertGrouped(List<PositionClosed> closings, List<?> results) {
        var left = new ArrayDeque<>(
                results.stream().map(result -> new BigDecimal((String) result)).toList());
        for (var closing : closings) {
            var sum = left.removeFirst();
            while (sum.compareTo(closing.getRealizedGross()) != 0) {
                sum = sum.add(left.removeFirst());
            }
        }
        assertThat(left).isEmpty();
    }

    private static void assertOracle(Vector vector, OurFigures ours) {
        boolean flat = ours.pnl().getPositionQty().signum() == 0;
        vector.oracle().forEach((field, value) -> {
            if (!(flat && field.equals("mark"))) {
                assertThat(ours.own(field).subtract(value).abs())
                        .as("%s %s", vector.id(), field)
                        .isLessThanOrEqualTo(oracleSlack(vector, field, value));
            }
        });
    }

    /** Exact, unless the figure has no end or the input was cut. */
    private static BigDecimal oracleSlack(Vector vector, String field, BigDecimal value) {
        if (vector.isRoundedOnTheWayIn() || field.equals("avgCostWithFees")) {
            return vector.slack("");
        }
        return value.stripTrailingZeros().scale() > SCALE ? BigDecimal.ONE.movePointLeft(SCALE) : BigDecimal.ZERO;
    }

    private static OurFigures play(Vector vector) {
        var end = Instant.ofEpochMilli(
                vector.trades().stream().mapToLong(VectorTrade::ts).max().orElseThrow());
        try (var books = new RunningBooks(policy(vector), end.plusSeconds(60))) {
            if (vector.splits() != null) {
                vector.splits().forEach(split -> books.split(event(vector, split)));
            }
            vector.trades().forEach(trade -> books.trade(event(trade)));
            var first = vector.trades().getFirst();
            books.price(first.symbol(), quoteCurrency(first), vector.mark().toPlainString(), end.plusSeconds(59));
            books.advance(Duration.ofSeconds(1));
            return figures(vector, books);
        }
    }

    private static OurFigures figures(Vector vector, RunningBooks books) {
        var symbol = books.at(PnlLevel.SYMBOL);
        assertThat(books.at(PnlLevel.ALGORITHM).getRealizedNet()).isEqualTo(symbol.getRealizedNet());
        assertThat(books.at(PnlLevel.USER).getUnrealizedGross()).isEqualTo(symbol.getUnrealizedGross());
        return new OurFigures(symbol, books.closings(), vector.rate());
    }

    private static PnlPolicy policy(Vector vector) {
        return vector.method().equals("FIFO") ? RunningBooks.FIFO : RunningBooks.AVERAGE;
    }

    private static SplitReported event(Vector vector, VectorSplit split) {
        return new SplitReported(
                Trades.id(vector.id()),
                split.symbol(),
                BigDecimal.valueOf(split.num()).setScale(SCALE),
                BigDecimal.valueOf(split.den()).setScale(SCALE),
                Instant.ofEpochMilli(split.ts()));
    }

    private static TradeReported event(VectorTrade trade) {
        return TradeReported.newBuilder()
                .setEventId(Trades.id(trade.id()))
                .setKind(TradeKind.NEW)
                .setUserId(Trades.USER)
                .setAlgorithmId("vector")
                .setSymbol(trade.symbol())
                .setQuoteCurrency(quoteCurrency(trade))
                .setSide(Side.valueOf(trade.side()))
                .setQuantity(rounded(trade.qty()))
                .setPrice(rounded(trade.price()))
                .setFees(List.of(new Fee(rounded(trade.fee()), trade.feeCurrency(), null)))
                .setExecutedAt(Instant.ofEpochMilli(trade.ts()))
                .build();
    }

    /** The currency that is named, else the second of a pair, else that of the fee. */
    private static String quoteCurrency(VectorTrade trade) {
        if (trade.quoteCurrency() != null) {
            return trade.quoteCurrency();
        }
        int hyphen = trade.symbol().indexOf('-');
        return hyphen < 0 ? trade.feeCurrency() : trade.symbol().substring(hyphen + 1);
    }

    private static BigDecimal rounded(BigDecimal value) {
        return value.setScale(SCALE, RoundingMode.HALF_EVEN);
    }
}
