package dev.latchkey.pnl.topology;

import dev.latchkey.pnl.book.Mark;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notices which symbols are worth something else than when it last looked: by price, by age of the price, by split. */
final class Moves {
    /**
     * A symbol whose positions have to be valued again.
     *
     * @param bySplit whether positions that are flat have to be looked at as well
     */
    record Move(String symbol, boolean bySplit) {}

    private record Seen(@Nullable Mark mark, List<UUID> splits) {}

    private static final Seen NOTHING = new Seen(null, List.of());

    private final Market market;
    private final Map<String, Seen> seen = new HashMap<>();

    Moves(Market market) {
        this.market = market;
    }

    List<Move> since(Instant now) {
        return market.symbols().stream()
                .map(symbol -> look(symbol, now))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Move look(String symbol, Instant now) {
        var current = new Seen(market.mark(symbol, now), market.splits(symbol).idsBy(now));
        var before = Objects.requireNonNullElse(seen.put(symbol, current), NOTHING);
        return current.equals(before)
                ? null
                : new Move(symbol, !current.splits().equals(before.splits()));
    }
}
