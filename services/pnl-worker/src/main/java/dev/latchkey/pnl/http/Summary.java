package dev.latchkey.pnl.http;

import dev.latchkey.events.BookMethod;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All of a user in one quote currency, netted over symbols and algorithms. */
record Summary(
        String quoteCurrency,
        BookMethod method,
        BigDecimal realizedGross,
        BigDecimal fees,
        BigDecimal realizedNet,
        BigDecimal openFees,
        BigDecimal cashFlow,
        @Nullable BigDecimal unrealizedGross,
        @Nullable BigDecimal marketValue,
        boolean markStale,
        SortedMap<String, BigDecimal> feesOther,
        long tradeCount,
        @Nullable Instant lastExecutedAt) {
    static List<Summary> allOf(List<PnlUpdated> figures) {
        return figures.stream()
                .filter(pnl -> pnl.getLevel() == PnlLevel.USER)
                .map(Summary::of)
                .toList();
    }

    static Summary of(PnlUpdated pnl) {
        return new Summary(
                pnl.getQuoteCurrency(),
                pnl.getMethod(),
                pnl.getRealizedGross(),
                pnl.getFees(),
                pnl.getRealizedNet(),
                pnl.getOpenFees(),
                pnl.getCashFlow(),
                pnl.getUnrealizedGross(),
                pnl.getMarketValue(),
                pnl.getMarkStale(),
                new TreeMap<>(pnl.getFeesOther()),
                pnl.getTradeCount(),
                pnl.getLastExecutedAt());
    }
}
