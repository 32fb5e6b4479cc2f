package dev.latchkey.pnl.topology;

import dev.latchkey.pnl.book.Instrument;
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

    private record Seen(Map<String, Mark> marks, List<UUID> splits) {}

    private static final Seen NOTHING = new Seen(Map.of(), List.of());

    private final Market market;
    private final Map<String, Seen> seen = new HashMap<>();

    Moves(Market market) {
        this.market = market;
    }

    List<Move> since(Instant now) {
        return market.symbols().entrySet().stream()
                .map(symbol -> look(symbol.getKey(), symbol.getValue(), now))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Move look(String symbol, List<Instrument> instruments, Instant now) {
        var current = new Seen(marks(instruments, now), market.splits(symbol).idsBy(now));
        var before = Objects.requireNonNullElse(seen.put(symbol, current), NOTHING);
        return current.equals(before)
                ? null
                : new Move(symbol, !current.splits().equals(before.splits()));
    }

    /** By currency. */
    private Map<String, Mark> marks(List<Instrument> instruments, Instant now) {
        var marks = new HashMap<String, Mark>();
        for (var instrument : instruments) {
            var mark = market.mark(instrument, now);
            if (mark != null) {
                marks.put(instrument.quoteCurrency(), mark);
            }
        }
        return marks;
    }
}
