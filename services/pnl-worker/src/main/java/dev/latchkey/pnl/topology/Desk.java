package dev.latchkey.pnl.topology;

import dev.latchkey.events.BookMethod;
import dev.latchkey.events.TradeReported;
import dev.latchkey.pnl.book.BookKey;
import dev.latchkey.pnl.book.Figures;
import dev.latchkey.pnl.book.Fill;
import dev.latchkey.pnl.book.Journal;
import dev.latchkey.pnl.book.Revision;
import dev.latchkey.pnl.book.Splits;
import dev.latchkey.pnl.book.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings books up to date with their fills and with the market, and publishes what came of it. */
final class Desk {
    private final Ledger ledger;
    private final Market market;
    private final Publisher publisher;
    private final BookMethod method;

    Desk(Ledger ledger, Market market, Publisher publisher, BookMethod method) {
        this.ledger = ledger;
        this.market = market;
        this.publisher = publisher;
        this.method = method;
    }

    /** Books what an event has changed of a fill. */
    void revise(Revision revision, Instant now) {
        var changed = Stream.of(revision.before(), revision.after())
                .filter(Objects::nonNull)
                .toList();
        move(revision);
        var added = revision.before() == null && revision.after() != null ? Fill.of(revision.after()) : null;
        booksOf(changed).forEach(book -> rebook(book, added, now));
        publish(changed.stream().map(BookKey::ofSymbol).distinct().toList(), now);
    }

    /** Values positions again, by the texts of their keys. */
    void revalue(Collection<String> positions, Instant now) {
        var netted = new LinkedHashSet<BookKey>();
        for (var position : positions) {
            ledger.books().ofPosition(position).forEach((key, journal) -> {
                refold(key, journal, now);
                netted.add(key.netted());
            });
        }
        publish(netted, now);
    }

    private void move(Revision revision) {
        if (revision.before() != null) {
            ledger.fills().remove(revision.before());
        }
        if (revision.after() != null) {
            ledger.fills().put(revision.after());
        }
    }

    private static SequencedSet<BookKey> booksOf(List<TradeReported> fills) {
        var books = new LinkedHashSet<BookKey>();
        for (var fill : fills) {
            books.add(BookKey.ofAlgorithm(fill));
            books.add(BookKey.ofSymbol(fill));
        }
        return books;
    }

    private void refold(BookKey key, Journal journal, Instant now) {
        if (!journal.isCurrent(market.splits(key.instrument().symbol()), now)) {
            rebook(key, null, now);
        }
    }

    /** Adds a fill at the end of its book if it belongs there, and else folds the book again from its fills. */
    private void rebook(BookKey key, @Nullable Fill added, Instant now) {
        var splits = market.splits(key.instrument().symbol());
        var journal = ledger.books().get(key);
        if (journal != null && added != null && continues(journal, added, splits)) {
            var folded = journal.continued(List.of(added), splits, now);
            keep(key, folded.journal());
            publisher.close(key, folded.closings());
        } else {
            var folded = Journal.fold(method, ledger.fills().of(key), splits, now);
            keep(key, folded.journal());
            publisher.closeAgain(key, folded.closings());
        }
    }

    private boolean continues(Journal journal, Fill added, Splits splits) {
        return journal.book().method() == method && journal.takesAtTheEnd(added, splits);
    }

    private void keep(BookKey key, Journal journal) {
        if (journal.isEmpty()) {
            ledger.books().remove(key);
            publisher.withdraw(key.text());
        } else {
            ledger.books().put(key, journal);
        }
    }

    private void publish(Collection<BookKey> positions, Instant now) {
        positions.forEach(position -> publishPosition(position, now));
        positions.stream()
                .map(position ->
                        new Purse(position.userId(), position.instrument().quoteCurrency()))
                .distinct()
                .forEach(purse -> publishPurse(purse, now));
    }

    private void publishPosition(BookKey position, Instant now) {
        var books = ledger.books().ofPosition(position.text());
        var mark = market.mark(position.instrument(), now);
        ledger.holders().note(position, books.values());
        books.forEach((key, journal) -> publisher.publish(key.text(), Figures.ofPosition(key, journal, mark)));
    }

    private void publishPurse(Purse purse, Instant now) {
        var key = BookKey.ofUser(purse.userId(), purse.quoteCurrency());
        var books = ledger.books().ofUser(purse.userId(), purse.quoteCurrency());
        if (books.isEmpty()) {
            publisher.withdraw(key);
            return;
        }
        var standings = books.entrySet().stream()
                .map(book ->
                        Standing.of(book.getValue(), market.mark(book.getKey().instrument(), now)))
                .toList();
        publisher.publish(key, Figures.ofUser(purse.userId(), purse.quoteCurrency(), method, standings));
    }
}
