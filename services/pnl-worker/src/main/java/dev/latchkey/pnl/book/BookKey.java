package dev.latchkey.pnl.book;

import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.TradeReported;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose book of what.
 *
 * @param level ALGORITHM for one algorithm or for trades by hand, SYMBOL for all of them netted
 * @param algorithmId null for trades by hand and at SYMBOL level
 */
public record BookKey(
        UUID userId,
        Instrument instrument,
        PnlLevel level,
        @Nullable String algorithmId) {
    /** Stands for the trades by hand where an algorithm's id stands else. */
    public static final String BY_HAND = "-";

    private static final String SEPARATOR = "|";

    public BookKey {
        if (level == PnlLevel.USER) {
            throw new IllegalArgumentException("a book is an algorithm's or a symbol's, not a user's");
        }
    }

    public static BookKey ofAlgorithm(TradeReported trade) {
        return new BookKey(trade.getUserId(), instrument(trade), PnlLevel.ALGORITHM, trade.getAlgorithmId());
    }

    public static BookKey ofSymbol(TradeReported trade) {
        return new BookKey(trade.getUserId(), instrument(trade), PnlLevel.SYMBOL, null);
    }

    /** The key of a user's figures in one currency. */
    public static String ofUser(UUID userId, String quoteCurrency) {
        return userId + SEPARATOR + SEPARATOR + quoteCurrency;
    }

    /** What the keys of everything that a user has start with. */
    public static String allOf(UUID userId) {
        return userId + SEPARATOR;
    }

    public BookKey netted() {
        return new BookKey(userId, instrument, PnlLevel.SYMBOL, null);
    }

    /** userId|symbol|algorithmId. */
    public String text() {
        return userId + SEPARATOR + instrument.name() + SEPARATOR + owner();
    }

    private String owner() {
        if (level == PnlLevel.SYMBOL) {
            return "";
        }
        return algorithmId == null ? BY_HAND : algorithmId;
    }

    private static Instrument instrument(TradeReported trade) {
        return new Instrument(trade.getSymbol(), trade.getQuoteCurrency());
    }
}
