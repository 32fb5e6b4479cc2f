package dev.latchkey.pnl.book;

import dev.latchkey.events.BookMethod;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A book together with how far it has been folded: the last fill and the splits that are in it. An event that belongs
 * at the end is added; any other makes the book be folded again from its fills.
 */
public record Journal(Book book, @Nullable Place last, List<UUID> splits) {
    /** A journal after folding, with the closings of the fills that were folded. */
    public record Folded(Journal journal, List<Closing> closings) {}

    public Journal {
        splits = List.copyOf(splits);
    }

    public boolean isEmpty() {
        return last == null;
    }

    public static Journal empty(BookMethod method) {
        return new Journal(Book.empty(method), null, List.of());
    }

    /** Folds all fills, which come in order, and the splits that are in effect by now. */
    public static Folded fold(BookMethod method, Iterable<Fill> fills, Splits known, Instant now) {
        return empty(method).continued(fills, known, now);
    }

    /** Whether a fill stands after everything that is in this journal, which then lacks nothing before it. */
    public boolean takesAtTheEnd(Fill fill, Splits known) {
        if (last == null) {
            return false;
        }
        var before = known.effectiveBy(fill.place().executedAt());
        var missing = before.subList(Math.min(splits.size(), before.size()), before.size());
        return fill.place().compareTo(last) > 0
                && Splits.ids(before).subList(0, before.size() - missing.size()).equals(splits)
                && missing.stream().allMatch(split -> split.effectiveAt().isAfter(last.executedAt()));
    }

    /** Whether every split that is in effect by now is in this journal, and no other. */
    public boolean isCurrent(Splits known, Instant now) {
        var until = last == null || now.isAfter(last.executedAt()) ? now : last.executedAt();
        return known.idsBy(until).equals(splits);
    }

    /** Adds fills that stand after everything in this journal. */
    public Folded continued(Iterable<Fill> fills, Splits known, Instant now) {
        return new Folding(this, known).of(fills, now);
    }

    private static final class Folding {
        private final ArrayDeque<Split> ahead;
        private final List<UUID> applied;
        private final List<Closing> closings = new ArrayList<>();
        private Book book;
        private @Nullable Place last;

        Folding(Journal start, Splits known) {
            this.ahead = new ArrayDeque<>(known.inOrder()
                    .subList(start.splits().size(), known.inOrder().size()));
            this.applied = new ArrayList<>(start.splits());
            this.book = start.book();
            this.last = start.last();
        }

        Folded of(Iterable<Fill> fills, Instant now) {
            for (var fill : fills) {
                splitUntil(fill.place().executedAt());
                add(fill);
            }
            splitUntil(now);
            return new Folded(new Journal(book, last, applied), closings);
        }

        private void add(Fill fill) {
            var turn = book.after(fill);
            book = turn.book();
            closings.addAll(turn.closings());
            last = fill.place();
        }

        private void splitUntil(Instant time) {
            while (!ahead.isEmpty() && !ahead.getFirst().effectiveAt().isAfter(time)) {
                var split = ahead.removeFirst();
                book = book.after(split);
                applied.add(split.id());
            }
        }
    }
}
