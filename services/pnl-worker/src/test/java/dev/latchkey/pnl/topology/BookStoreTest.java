package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.buy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.BookMethod;
import dev.latchkey.pnl.book.Book;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Holding;
import dev.latchkey.pnl.book.Journal;
import dev.latchkey.pnl.book.Lot;
import dev.latchkey.pnl.book.Place;
import dev.latchkey.pnl.book.Ratio;
import dev.latchkey.pnl.book.Totals;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A book is one record, and a record has a largest size. */
final class BookStoreTest {
    private static final Lot USUAL = new Lot(number("0.12345678"), number("11265.43211"), number("1.12654321"));

    @Test
    void hasRoomForAHundredThousandLotsAndNotForTwice() {
        var key = BookKey.ofSymbol(buy("b", 1, "1", "1"));

        assertThat(BookStore.hasRoomFor(key, journal(100_000))).isTrue();
        assertThat(BookStore.hasRoomFor(key, journal(200_000))).isFalse();
    }

    private static Journal journal(int lots) {
        var book = new Book(BookMethod.FIFO, new Holding(Collections.nCopies(lots, USUAL)), Totals.NONE);
        return new Journal(book, Place.of(buy("b", 1, "1", "1")), List.of());
    }

    private static Ratio number(String text) {
        return Ratio.of(new BigDecimal(text));
    }
}
