package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.events.Fee;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.TradeReported;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever the trades are. A failing case is named by its seed. */
final class RandomStreamsTest {
    private static final int SEEDS = 5;
    private static final BigDecimal LAST_DIGITS = new BigDecimal("5e-18");

    static Stream<Arguments> streams() {
        return LongStream.range(0, SEEDS)
                .boxed()
                .flatMap(seed ->
                        Stream.of(Arguments.of(seed, RunningBooks.FIFO), Arguments.of(seed, RunningBooks.AVERAGE)));
    }

    /** realizedNet + unrealizedGross = cashFlow + positionQty x mark, at every level after every event. */
    @ParameterizedTest
    @MethodSource("streams")
    void whatIsEarnedIsWhatIsInCashAndInTheMarket(long seed, PnlPolicy policy) {
        try (var books = running(policy)) {
            books.trade(array(new RandomTrades(seed).withAmendments()));

            assertThat(books.updates())
                    .isNotEmpty()
                    .allSatisfy(pnl -> assertThat(earned(pnl)).isCloseTo(inCashAndMarket(pnl), within(LAST_DIGITS)));
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void endsInTheSameBytesInWhateverOrderEventsArriveAndHoweverOften(long seed, PnlPolicy policy) {
        var random = new RandomTrades(seed);
        var events = random.withAmendments();

        var shuffled = bytes(policy, random.asTheyMayArrive(events));

        assertThat(shuffled).isEqualTo(bytes(policy, events));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void changesNoTotalWhenAFillComesInTwoHalves(long seed, PnlPolicy policy) {
        var fills = new RandomTrades(seed).fills();

        var halved =
                totals(policy, fills.stream().flatMap(RandomStreamsTest::halves).toList());

        assertThat(halved).isEqualTo(totals(policy, fills));
    }

    private static RunningBooks running(PnlPolicy policy) {
        var books = new RunningBooks(policy, START.plusSeconds(600));
        books.price("BTC-USD", "101", START.plusSeconds(599));
        books.price("ETH-USD", "97", START.plusSeconds(599));
        return books;
    }

    private static Map<String, String> bytes(PnlPolicy policy, List<TradeReported> events) {
        try (var books = running(policy)) {
            books.trade(array(events));
            return books.bytes();
        }
    }

    /** Everything but the number of fills. */
    private static List<PnlUpdated> totals(PnlPolicy policy, List<TradeReported> events) {
        try (var books = running(policy)) {
            books.trade(array(events));
            return books.state().values().stream()
                    .map(pnl -> PnlUpdated.newBuilder(pnl).setTradeCount(0).build())
                    .toList();
        }
    }

    private static TradeReported[] array(List<TradeReported> events) {
        return events.toArray(TradeReported[]::new);
    }

    private static Stream<TradeReported> halves(TradeReported fill) {
        return Stream.of(half(fill, 1), half(fill, 2));
    }

    private static TradeReported half(TradeReported fill, int sequence) {
        var fees = new ArrayList<>(fill.getFees());
        fees.replaceAll(fee -> new Fee(halved(fee.getAmount()), fee.getCurrency(), fee.getRate()));
        return TradeReported.newBuilder(fill)
                .setEventId(Trades.id(fill.getEventId() + "/" + sequence))
                .setSequence(sequence)
                .setQuantity(halved(fill.getQuantity()))
                .setFees(fees)
                .build();
    }

    private static BigDecimal halved(BigDecimal value) {
        return value.divide(BigDecimal.TWO);
    }

    private static BigDecimal earned(PnlUpdated pnl) {
        return pnl.getRealizedNet().add(Objects.requireNonNull(pnl.getUnrealizedGross()));
    }

    private static BigDecimal inCashAndMarket(PnlUpdated pnl) {
        var inMarket = pnl.getMark() == null
                ? Objects.requireNonNull(pnl.getMarketValue())
                : pnl.getPositionQty().multiply(pnl.getMark());
        return pnl.getCashFlow().add(inMarket);
    }
}
