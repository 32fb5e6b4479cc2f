package dev.latchkey.pnl.book;

import dev.latchkey.events.TradeReported;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** Where a fill stands in a book: by its time, then its sequence, then its id. When it arrived plays no part. */
public record Place(Instant executedAt, long sequence, UUID tradeId) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::executedAt)
            .thenComparingLong(Place::sequence)
            .thenComparing(place -> place.tradeId().toString());

    public static Place of(TradeReported trade) {
        return new Place(trade.getExecutedAt(), trade.getSequence(), trade.getEventId());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
