package dev.latchkey.pnl.book;

import dev.latchkey.events.Fee;
import dev.latchkey.events.TradeKind;
import dev.latchkey.events.TradeReported;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a trade must keep beyond its schema. Sizes are bounded so that everything about one trade can be carried by an
 * event. What many trades add up to has no bound: there the books say whether they have room for one more.
 */
public final class TradeRules {
    private static final Limits LIMITS = Limits.OF_ONE_TRADE;
    private static final int LONGEST_ID = 100;
    private static final int MOST_FEES = 16;

    private record Check(String rule, Predicate<TradeReported> holds) {}

    private static final List<Check> CHECKS = List.of(
            new Check("symbol is a name without | and control characters", trade -> isName(trade.getSymbol())),
            new Check(
                    "quoteCurrency is a name without | : - and control characters",
                    trade -> isCurrency(trade.getQuoteCurrency())),
            new Check("a symbol with a hyphen ends in -quoteCurrency", TradeRules::namesItsCurrency),
            new Check(
                    "algorithmId is absent, or a name other than - without | and control characters",
                    trade -> trade.getAlgorithmId() == null || isAlgorithm(trade.getAlgorithmId())),
            new Check("refId names another event unless the kind is NEW", TradeRules::refersRightly),
            new Check(
                    "quantity and price are sealed or plain, and not both",
                    trade -> trade.getSealedFill() == null || isWithoutFigures(trade)),
            new Check(
                    "quantity is above zero and at most 10^15",
                    trade -> trade.getSealedFill() != null || isQuantity(trade.getQuantity())),
            new Check(
                    "price is not below zero and at most 10^15",
                    trade -> trade.getPrice().signum() >= 0 && LIMITS.allowFactor(trade.getPrice())),
            new Check(
                    "quantity times price is at most 10^14",
                    trade -> LIMITS.allowAmount(trade.getQuantity().multiply(trade.getPrice()))),
            new Check("a trade has at most 16 fees", trade -> trade.getFees().size() <= MOST_FEES),
            new Check(
                    "the rate of a fee is not below zero and at most 10^15",
                    trade -> trade.getFees().stream().allMatch(TradeRules::isConvertible)),
            new Check(
                    "every fee has a currency, and is worth at most 10^14",
                    trade -> trade.getFees().stream().allMatch(fee -> isPayable(fee, trade))),
            new Check(
                    "venue is absent or at most 100 characters long",
                    trade -> trade.getVenue() == null || isShort(trade.getVenue())),
            new Check("executedAt is between the years 1970 and 2200", trade -> isSane(trade.getExecutedAt())),
            new Check("sequence is not below zero", trade -> trade.getSequence() >= 0));

    private TradeRules() {}

    /** The rule that a trade breaks, if any. A sealed one is to be asked about again once it is open. */
    public static Optional<String> brokenBy(String key, TradeReported trade) {
        if (!key.equals(trade.getUserId().toString())) {
            return Optional.of("the record key is the userId");
        }
        return CHECKS.stream()
                .filter(check -> !check.holds().test(trade))
                .map(Check::rule)
                .findFirst();
    }

    static boolean isName(String text) {
        return !text.isBlank() && isShort(text) && text.chars().noneMatch(c -> c == '|' || Character.isISOControl(c));
    }

    static boolean isCurrency(String text) {
        return isName(text) && text.chars().noneMatch(c -> c == ':' || c == '-');
    }

    static boolean namesItsCurrency(Instrument instrument) {
        return !instrument.symbol().contains("-") || instrument.baseCurrency().isPresent();
    }

    static boolean isShort(String text) {
        return text.length() <= LONGEST_ID;
    }

    static boolean isSane(Instant time) {
        return !time.isBefore(Limits.EARLIEST) && time.isBefore(Limits.LATEST);
    }

    private static boolean isAlgorithm(String id) {
        return isName(id) && !id.equals(BookKey.BY_HAND);
    }

    private static boolean isQuantity(BigDecimal quantity) {
        return quantity.signum() > 0 && LIMITS.allowFactor(quantity);
    }

    private static boolean isWithoutFigures(TradeReported trade) {
        return trade.getQuantity().signum() == 0 && trade.getPrice().signum() == 0;
    }

    private static boolean namesItsCurrency(TradeReported trade) {
        return namesItsCurrency(new Instrument(trade.getSymbol(), trade.getQuoteCurrency()));
    }

    private static boolean refersRightly(TradeReported trade) {
        return trade.getKind() == TradeKind.NEW
                ? trade.getRefId() == null
                : trade.getRefId() != null && !trade.getRefId().equals(trade.getEventId());
    }

    private static boolean isConvertible(Fee fee) {
        return fee.getRate() == null || (fee.getRate().signum() >= 0 && LIMITS.allowFactor(fee.getRate()));
    }

    /** The amount alone has to fit as well: next to nothing times much is little, and is kept as it came. */
    private static boolean isPayable(Fee fee, TradeReported trade) {
        return isName(fee.getCurrency())
                && LIMITS.allowFactor(fee.getAmount())
                && LIMITS.allowAmount(Charges.worth(fee, trade));
    }
}
