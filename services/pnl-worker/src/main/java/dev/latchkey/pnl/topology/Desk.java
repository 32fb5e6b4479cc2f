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
    /** The rule that a trade breaks when it is not booked. */
    static final String ROOM = "the books have room for the trade, and what it adds up to can be published";

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

    /** Books what an event has changed of a fill; or says that there is no room for it, and changes nothing. */
    boolean revise(Revision revision, Instant now) {
        var changed = Stream.of(revision.before(), revision.after())
                .filter(Objects::nonNull)
                .toList();
        move(revision);
        var added = revision.before() == null && revision.after() != null ? Fill.of(revision.after()) : null;
        var drafts = booksOf(changed).stream()
                .map(book -> rebooked(book, added, now))
                .toList();
        boolean kept = keep(drafts, now);
        if (!kept) {
            move(revision.undone());
        }
        return kept;
    }

    /** Values positions again, by the texts of their keys. A book that has no room for a split stays as it was. */
    void revalue(Collection<String> positions, Instant now) {
        var netted = new LinkedHashSet<BookKey>();
        for (var position : positions) {
            ledger.books().ofPosition(position).forEach((key, journal) -> {
                refold(key, journal, now);
                netted.add(key.netted());
            });
        }
        publisher.publish(bulletin(netted, now));
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
            var draft = rebooked(key, null, now);
            if (draft.fits()) {
                ledger.books().set(key, draft.after());
                tell(draft);
            }
        }
    }

    /** Adds a fill at the end of its book if it belongs there, and else folds the book again from its fills. */
    private Draft rebooked(BookKey key, @Nullable Fill added, Instant now) {
        var splits = market.splits(key.instrument().symbol());
        var journal = ledger.books().get(key);
        return journal != null && added != null && continues(journal, added, splits)
                ? new Draft(key, journal, journal.continued(List.of(added), splits, now), false)
                : new Draft(key, journal, Journal.fold(method, ledger.fills().of(key), splits, now), true);
    }

    private boolean continues(Journal journal, Fill added, Splits splits) {
        return journal.book().method() == method && journal.takesAtTheEnd(added, splits);
    }

    /** Keeps all drafts and tells of them; or none, if one of them or what they add up to is too large. */
    private boolean keep(List<Draft> drafts, Instant now) {
        if (!drafts.stream().allMatch(Draft::fits)) {
            return false;
        }
        drafts.forEach(draft -> ledger.books().set(draft.key(), draft.after()));
        var bulletin = bulletin(
                drafts.stream().map(draft -> draft.key().netted()).distinct().toList(), now);
        if (!bulletin.fits()) {
            drafts.forEach(draft -> ledger.books().set(draft.key(), draft.before()));
            return false;
        }
        drafts.forEach(this::tell);
        publisher.publish(bulletin);
        return true;
    }

    private void tell(Draft draft) {
        var position = draft.key().netted();
        ledger.holders()
                .note(position, ledger.books().ofPosition(position.text()).values());
        publisher.tell(draft);
    }

    private Bulletin bulletin(Collection<BookKey> positions, Instant now) {
        var purses = positions.stream()
                .map(position ->
                        new Purse(position.userId(), position.instrument().quoteCurrency()))
                .distinct();
        return new Bulletin(Stream.concat(
                        positions.stream().flatMap(position -> ofPosition(position, now)),
                        purses.map(purse -> ofPurse(purse, now)))
                .toList());
    }

    private Stream<Bulletin.Item> ofPosition(BookKey position, Instant now) {
        var mark = market.mark(position.instrument(), now);
        return ledger.books().ofPosition(position.text()).entrySet().stream()
                .map(book -> new Bulletin.Item(
                        book.getKey().text(), Figures.ofPosition(book.getKey(), book.getValue(), mark)));
    }

    private Bulletin.Item ofPurse(Purse purse, Instant now) {
        var key = BookKey.ofUser(purse.userId(), purse.quoteCurrency());
        var standings = ledger.books().ofUser(purse.userId(), purse.quoteCurrency()).entrySet().stream()
                .map(book ->
                        Standing.of(book.getValue(), market.mark(book.getKey().instrument(), now)))
                .toList();
        return new Bulletin.Item(
                key,
                standings.isEmpty() ? null : Figures.ofUser(purse.userId(), purse.quoteCurrency(), method, standings));
    }
}
