package dev.latchkey.pnl.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A position in one symbol: netted at level SYMBOL, one algorithm's (none: traded by hand) at level ALGORITHM. */
record Position(
        PnlLevel level,
        String symbol,
        @Nullable String algorithmId,
        @Nullable BigDecimal positionQty,
        @Nullable BigDecimal avgCost,
        @Nullable BigDecimal mark,
        @Nullable Instant markAsOf,
        @JsonUnwrapped Summary figures) {
    static List<Position> allOf(List<PnlUpdated> figures) {
        return figures.stream()
                .filter(pnl -> pnl.getLevel() != PnlLevel.USER)
                .map(Position::of)
                .toList();
    }

    static Position of(PnlUpdated pnl) {
        return new Position(
                pnl.getLevel(),
                pnl.getSymbol(),
                pnl.getAlgorithmId(),
                pnl.getPositionQty(),
                pnl.getAvgCost(),
                pnl.getMark(),
                pnl.getMarkAsOf(),
                Summary.of(pnl));
    }
}
