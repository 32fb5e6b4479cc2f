package dev.latchkey.pnl.book;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * How large a number of one event may be.
 *
 * @param factor bounds what is multiplied: quantities, prices and rates
 * @param amount bounds what comes of it
 */
record Limits(BigDecimal factor, BigDecimal amount) {
    static final Limits OF_ONE_TRADE = new Limits(BigDecimal.TEN.pow(15), BigDecimal.TEN.pow(14));
    static final Instant EARLIEST = Instant.EPOCH;
    static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    boolean allowFactor(BigDecimal value) {
        return value.abs().compareTo(factor) <= 0;
    }

    boolean allowAmount(BigDecimal value) {
        return value.abs().compareTo(amount) <= 0;
    }
}
