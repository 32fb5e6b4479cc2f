package dev.latchkey.pnl.book;

import dev.latchkey.events.Fee;
import dev.latchkey.events.TradeReported;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fees of one fill, by what they do to the book.
 *
 * @param money paid in money: fees in the quote currency, and in a third currency at the rate on the event
 * @param base paid in the base currency, which changes the quantity held
 * @param other fees in a third currency without a rate, by currency: in no other figure
 */
record Charges(Ratio money, Ratio base, SortedMap<String, BigDecimal> other) {
    static Charges of(TradeReported trade, Instrument instrument) {
        var money = Ratio.ZERO;
        var base = Ratio.ZERO;
        var other = new TreeMap<String, BigDecimal>();
        for (var fee : trade.getFees()) {
            switch (kind(fee, instrument)) {
                case QUOTE -> money = money.plus(Ratio.of(fee.getAmount()));
                case BASE -> base = base.plus(Ratio.of(fee.getAmount()));
                case CONVERTED -> money = money.plus(Ratio.of(fee.getAmount()).times(Ratio.of(fee.getRate())));
                case OTHER -> other.merge(fee.getCurrency(), fee.getAmount(), BigDecimal::add);
            }
        }
        return new Charges(money, base, other);
    }

    /** What a fee of a trade comes to, in the quote currency, or in its own if nothing converts it. */
    static BigDecimal worth(Fee fee, TradeReported trade) {
        var instrument = new Instrument(trade.getSymbol(), trade.getQuoteCurrency());
        return switch (kind(fee, instrument)) {
            case QUOTE, OTHER -> fee.getAmount();
            case BASE -> fee.getAmount().multiply(trade.getPrice());
            case CONVERTED -> fee.getAmount().multiply(fee.getRate());
        };
    }

    private enum Kind {
        QUOTE,
        BASE,
        CONVERTED,
        OTHER
    }

    private static Kind kind(Fee fee, Instrument instrument) {
        if (fee.getCurrency().equals(instrument.quoteCurrency())) {
            return Kind.QUOTE;
        }
        if (instrument.baseCurrency().filter(fee.getCurrency()::equals).isPresent()) {
            return Kind.BASE;
        }
        return fee.getRate() == null ? Kind.OTHER : Kind.CONVERTED;
    }
}
