package dev.latchkey.pnl.topology;

import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.TradeReported;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Fill;
import dev.latchkey.pnl.book.Place;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** All fills as they stand; the keys of one position sort in event order. */
final class FillStore {
    private final KeyValueStore<String, TradeReported> fills;

    FillStore(KeyValueStore<String, TradeReported> fills) {
        this.fills = fills;
    }

    void put(TradeReported fill) {
        fills.put(key(fill), fill);
    }

    void remove(TradeReported fill) {
        fills.delete(key(fill));
    }

    void forget(UUID userId) {
        UserEntries.delete(userId, fills);
    }

    List<Fill> of(BookKey book) {
        var found = new ArrayList<Fill>();
        try (var entries = fills.prefixScan(book.netted().text(), new StringSerializer())) {
            entries.forEachRemaining(entry -> {
                if (belongs(entry.value, book)) {
                    found.add(Fill.of(entry.value));
                }
            });
        }
        return found;
    }

    static boolean belongs(TradeReported fill, BookKey book) {
        return book.level() == PnlLevel.SYMBOL || Objects.equals(fill.getAlgorithmId(), book.algorithmId());
    }

    private static String key(TradeReported fill) {
        return BookKey.ofSymbol(fill).text() + text(Place.of(fill));
    }

    private static String text(Place place) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, place.executedAt());
        return "%016x|%016x|%s".formatted(micros, place.sequence(), place.tradeId());
    }
}
