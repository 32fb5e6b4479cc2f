package dev.latchkey.pnl.book;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What matters of the prices of one instrument: the newest that is true already, and those whose time is still to come. */
public record Quotes(List<Quote> inOrder) {
    public static final Quotes NONE = new Quotes(List.of());
    private static final int MOST_AHEAD = 100;

    public Quotes {
        inOrder = List.copyOf(inOrder);
    }

    /** The quotes with one more, in whatever order they are observed. */
    public Quotes with(Quote quote, Instant now) {
        var all = Stream.concat(inOrder.stream(), Stream.of(quote))
                .distinct()
                .sorted()
                .toList();
        long superseded =
                Math.max(0, all.stream().filter(any -> isTrue(any, now)).count() - 1);
        return new Quotes(all.stream().skip(superseded).limit(1 + MOST_AHEAD).toList());
    }

    /** The newest quote observed by then. */
    public Optional<Quote> at(Instant now) {
        return inOrder.stream().filter(quote -> isTrue(quote, now)).reduce((older, newer) -> newer);
    }

    private static boolean isTrue(Quote quote, Instant now) {
        return !quote.observedAt().isAfter(now);
    }
}
