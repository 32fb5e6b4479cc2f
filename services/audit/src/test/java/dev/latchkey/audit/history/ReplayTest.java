package dev.latchkey.audit.history;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.BEN;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.SECOND;
import static dev.latchkey.audit.Changes.at;
import static dev.latchkey.audit.Changes.deleted;
import static dev.latchkey.audit.Changes.entry;
import static dev.latchkey.audit.Changes.filled;
import static dev.latchkey.audit.Changes.held;
import static dev.latchkey.audit.Changes.madeDefault;
import static dev.latchkey.audit.Changes.refusedTrial;
import static dev.latchkey.audit.Changes.registered;
import static dev.latchkey.audit.Changes.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.Chaining;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReplayTest {
    private static final List<Entry> LIFE_OF_TWO_KEYS = List.of(
            entry(0, registered(ADA, 1, FIRST)),
            entry(1, registered(ADA, 2, SECOND)),
            entry(2, madeDefault(ADA, 3, FIRST)),
            entry(3, deleted(ADA, 4, FIRST, 3)));

    @Test
    void leavesEveryCredentialAsItsLastChangeLeftIt() {
        var told = Recording.of(Scope.everything(), LIFE_OF_TWO_KEYS);

        assertThat(told.holdings())
                .containsExactly(new Holdings(
                        ADA, List.of(held(FIRST, 4, state(3, false)), held(SECOND, 2, state(0, true)))));
        assertThat(told.findings()).isEmpty();
    }

    @Test
    void tellsTheChangesInTheirOrder() {
        var told = Recording.of(Scope.everything(), LIFE_OF_TWO_KEYS);

        assertThat(told.changes())
                .containsExactly(
                        registered(ADA, 1, FIRST),
                        registered(ADA, 2, SECOND),
                        madeDefault(ADA, 3, FIRST),
                        deleted(ADA, 4, FIRST, 3));
    }

    @Test
    void countsTheMomentAskedForItself() {
        var told = Recording.of(new Scope(null, at(3)), LIFE_OF_TWO_KEYS);

        assertThat(told.holdings())
                .containsExactly(new Holdings(
                        ADA, List.of(held(FIRST, 3, state(3, true)), held(SECOND, 2, state(0, true)))));
    }

    @Test
    void doesNotCountAMicrosecondMore() {
        var told = Recording.of(new Scope(null, at(3).minusNanos(1_000)), LIFE_OF_TWO_KEYS);

        assertThat(told.holdings())
                .containsExactly(new Holdings(
                        ADA, List.of(held(FIRST, 1, state(0, true)), held(SECOND, 2, state(0, true)))));
    }

    /** The instance that deleted the one has a clock ahead of the clock of that which registered the other, later. */
    @Test
    void countsNoChangeThatCameAfterOneThatDoesNotCount() {
        var late = CredentialAudited.newBuilder(registered(ADA, 3, SECOND))
                .setOccurredAt(at(1))
                .build();
        var entries = List.of(entry(0, registered(ADA, 1, FIRST)), entry(1, deleted(ADA, 2, FIRST, 0)), entry(2, late));

        var told = Recording.of(new Scope(null, at(1)), entries);

        assertThat(told.holdings()).containsExactly(new Holdings(ADA, List.of(held(FIRST, 1, state(0, true)))));
        assertThat(tally(new Scope(null, at(1)), entries)).isEqualTo(new Tally(1, 2, 1, 1, 0));
    }

    @Test
    void knowsNobodyBeforeTheFirstChange() {
        var tally = tally(new Scope(null, Instant.EPOCH), LIFE_OF_TWO_KEYS);

        assertThat(tally).isEqualTo(new Tally(0, 4, 0, 0, 0));
    }

    @Test
    void namesTheCredentialThatWasMadeDefaultLast() {
        var told = Recording.of(
                Scope.everything(),
                List.of(
                        entry(0, registered(ADA, 1, FIRST)),
                        entry(1, registered(ADA, 2, SECOND)),
                        entry(2, madeDefault(ADA, 3, SECOND)),
                        entry(3, madeDefault(ADA, 4, FIRST))));

        assertThat(told.holdings().getFirst().defaultCredential()).contains(FIRST);
    }

    @Test
    void namesNoOtherDefaultForADeletedOne() {
        var told = Recording.of(
                Scope.everything(),
                List.of(
                        entry(0, registered(ADA, 1, FIRST)),
                        entry(1, registered(ADA, 2, SECOND)),
                        entry(2, madeDefault(ADA, 3, SECOND)),
                        entry(3, madeDefault(ADA, 4, FIRST)),
                        entry(4, deleted(ADA, 5, FIRST, 4))));

        assertThat(told.holdings().getFirst().defaultCredential()).isEqualTo(Optional.empty());
    }

    @Test
    void tellsOfATrialThatLeftNothing() {
        var tried = refusedTrial(ADA, 1);

        var told = Recording.of(Scope.everything(), List.of(entry(0, tried)));

        assertThat(told.changes()).containsExactly(tried);
        assertThat(told.holdings()).containsExactly(new Holdings(ADA, List.of()));
    }

    @Test
    void tellsOfReadsAndRefusalsAndLeavesEveryCredentialAsItWas() {
        var read = filled(ADA, 2).setChange(CredentialChange.READ).build();
        var foreign = filled(ADA, 3)
                .setChange(CredentialChange.DELETED)
                .setCredentialId(SECOND)
                .setResult(AuditResult.REFUSED)
                .build();

        var told = Recording.of(
                Scope.everything(), List.of(entry(0, registered(ADA, 1, FIRST)), entry(1, read), entry(2, foreign)));

        assertThat(told.changes()).containsExactly(registered(ADA, 1, FIRST), read, foreign);
        assertThat(told.holdings()).containsExactly(new Holdings(ADA, List.of(held(FIRST, 1, state(0, true)))));
        assertThat(told.findings()).isEmpty();
    }

    @Test
    void tellsOfOneUserAloneWhenAsked() {
        var entries = List.of(
                entry(0, registered(ADA, 1, FIRST)),
                entry(1, registered(BEN, 1, SECOND)),
                entry(2, refusedTrial(BEN, 7)));

        var told = Recording.of(new Scope(ADA, null), entries);

        assertThat(told.changes()).containsExactly(registered(ADA, 1, FIRST));
        assertThat(told.findings()).isEmpty();
    }

    @Test
    void countsWhatItCameAcross() {
        var entries = List.of(
                entry(0, registered(ADA, 1, FIRST)),
                entry(1, registered(BEN, 1, SECOND)),
                entry(2, refusedTrial(BEN, 3)),
                entry(3, refusedTrial(ADA, 2)));

        assertThat(tally(new Scope(null, at(2)), entries)).isEqualTo(new Tally(3, 1, 2, 2, 1));
    }

    private static Tally tally(Scope scope, List<Entry> entries) {
        return Replay.run(Chaining.of(entries)::forEach, scope, new Recording());
    }
}
