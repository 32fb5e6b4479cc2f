package dev.latchkey.audit.history;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.BEN;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.SECOND;
import static dev.latchkey.audit.Changes.deleted;
import static dev.latchkey.audit.Changes.entry;
import static dev.latchkey.audit.Changes.held;
import static dev.latchkey.audit.Changes.refusedTrial;
import static dev.latchkey.audit.Changes.registered;
import static dev.latchkey.audit.Changes.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.Chaining;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FindingsTest {
    @Test
    void missesEntriesInTheMiddle() {
        assertThat(findings(entry(0, refusedTrial(ADA, 1)), entry(1, refusedTrial(ADA, 4))))
                .containsExactly(new Finding.Missing(place(1), ADA, 2, 3));
    }

    @Test
    void missesEntriesAtTheBeginning() {
        assertThat(findings(entry(0, refusedTrial(ADA, 2)))).containsExactly(new Finding.Missing(place(0), ADA, 1, 1));
    }

    @Test
    void noticesAnEntryThatIsThereAgain() {
        assertThat(findings(entry(0, refusedTrial(ADA, 1)), entry(1, refusedTrial(ADA, 1))))
                .containsExactly(new Finding.Repeated(place(1), ADA, 1));
    }

    @Test
    void noticesAnEntryBehindLaterOnes() {
        var chained = Chaining.of(List.of(
                entry(0, refusedTrial(ADA, 1)),
                entry(2, refusedTrial(ADA, 2)),
                entry(1, refusedTrial(ADA, 3)),
                entry(3, refusedTrial(ADA, 4))));
        History swapped =
                listener -> IntStream.of(0, 2, 1, 3).mapToObj(chained::get).forEach(listener);

        assertThat(Recording.of(Scope.everything(), swapped).findings())
                .containsExactly(new Finding.Missing(place(1), ADA, 2, 2), new Finding.OutOfOrder(place(2), ADA, 2, 4));
    }

    @Test
    void noticesNumbersThatNoEntryCanHave() {
        assertThat(findings(entry(0, refusedTrial(ADA, 0))))
                .containsExactly(new Finding.OutOfOrder(place(0), ADA, 0, 1));
    }

    @Test
    void checksEveryUserAlone() {
        assertThat(findings(
                        entry(0, refusedTrial(ADA, 1)),
                        entry(1, refusedTrial(BEN, 1)),
                        entry(2, refusedTrial(BEN, 2)),
                        entry(3, refusedTrial(ADA, 2))))
                .isEmpty();
    }

    @Test
    void letsNoLateEntryUndoALaterState() {
        var told = Recording.of(
                Scope.everything(),
                List.of(
                        entry(0, registered(ADA, 1, FIRST)),
                        entry(1, deleted(ADA, 3, FIRST, 0)),
                        entry(2, registered(ADA, 2, FIRST))));

        assertThat(told.holdings()).containsExactly(new Holdings(ADA, List.of(held(FIRST, 3, state(0, false)))));
    }

    @Test
    void countsAMisfiledChangeForNobody() {
        var misfiled = new Entry.Change(place(1), BEN.toString(), registered(ADA, 2, SECOND));

        var told = Recording.of(Scope.everything(), List.of(entry(0, registered(ADA, 1, FIRST)), misfiled));

        assertThat(told.findings()).containsExactly(new Finding.Misfiled(place(1), ADA, BEN.toString()));
        assertThat(told.holdings()).containsExactly(new Holdings(ADA, List.of(held(FIRST, 1, state(0, true)))));
    }

    @Test
    void tellsOfMisfiledChangesToBothUsersConcerned() {
        var misfiled = new Entry.Change(place(0), BEN.toString(), registered(ADA, 1, FIRST));
        var finding = new Finding.Misfiled(place(0), ADA, BEN.toString());

        assertThat(Recording.of(new Scope(ADA, null), List.of(misfiled)).findings())
                .containsExactly(finding);
        assertThat(Recording.of(new Scope(BEN, null), List.of(misfiled)).findings())
                .containsExactly(finding);
    }

    @Test
    void tellsOfUnreadableRecordsWhomeverItIsAskedAbout() {
        var unreadable = new Entry.Unreadable(place(5), "the value is null");

        var told = Recording.of(new Scope(ADA, null), List.of(unreadable));

        assertThat(told.findings()).containsExactly(new Finding.Unreadable(place(5), "the value is null"));
    }

    private static List<Finding> findings(Entry... entries) {
        return Recording.of(Scope.everything(), List.of(entries)).findings();
    }

    private static Place place(long offset) {
        return new Place(0, offset);
    }
}
