package dev.latchkey.pnl.book;

import dev.latchkey.events.Side;
import dev.latchkey.events.TradeReported;
import java.math.BigDecimal;
import java.util.SortedMap;

/**
 * What one trade does to a position.
 *
 * @param change of the quantity held: the signed quantity less the fee in the base currency
 * @param price in the quote currency
 * @param fees in the quote currency, the base-currency fee at the price of the trade; a rebate is negative
 * @param cash money received, negative when paid: for the quantity traded, less the fees paid in money
 * @param feesOther fees that no rate converts, by currency
 */
public record Fill(
        Place place, Ratio change, Ratio price, Ratio fees, Ratio cash, SortedMap<String, BigDecimal> feesOther) {

    public static Fill of(TradeReported trade) {
        var charges = Charges.of(trade, new Instrument(trade.getSymbol(), trade.getQuoteCurrency()));
        var traded = signed(trade.getSide(), Ratio.of(trade.getQuantity()));
        var price = Ratio.of(trade.getPrice());
        return new Fill(
                Place.of(trade),
                traded.minus(charges.base()),
                price,
                charges.money().plus(charges.base().times(price)),
                traded.times(price).plus(charges.money()).negated(),
                charges.other());
    }

    private static Ratio signed(Side side, Ratio quantity) {
        return switch (side) {
            case BUY -> quantity;
            case SELL -> quantity.negated();
        };
    }
}
