package dev.latchkey.audit.history;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.BEN;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.SECOND;
import static dev.latchkey.audit.Changes.deleted;
import static dev.latchkey.audit.Changes.entry;
import static dev.latchkey.audit.Changes.madeDefault;
import static dev.latchkey.audit.Changes.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.Chaining;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialState;
import dev.latchkey.schemas.history.AuditChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ChainTest {
    private static final Chaining CHAINING = new Chaining();
    private static final CredentialAudited ONE = CHAINING.next(registered(ADA, 1, FIRST));
    private static final CredentialAudited TWO = CHAINING.next(madeDefault(ADA, 2, FIRST));
    private static final CredentialAudited THREE = CHAINING.next(deleted(ADA, 3, FIRST, 2));

    @Test
    void findsNothingInAChainAsItWasWritten() {
        assertThat(findings(ONE, TWO, THREE)).isEmpty();
    }

    static Stream<UnaryOperator<CredentialAudited.Builder>> everyField() {
        return Stream.of(
                entry -> entry.setEventId(new UUID(1, 1)),
                entry -> entry.setCredentialId(SECOND),
                entry -> entry.setCredentialId(null),
                entry -> entry.setChange(CredentialChange.ROTATED),
                entry -> entry.setActor("nobody"),
                entry -> entry.setRequestId("another"),
                entry -> entry.setResult(AuditResult.FAILED),
                entry -> entry.setRevision(9),
                entry -> entry.setAfter(null),
                entry -> entry.setAfter(after().setProvider("google").build()),
                entry -> entry.setAfter(after().setModelName("gpt-5").build()),
                entry ->
                        entry.setAfter(after().setBaseUrl("https://example.com").build()),
                entry -> entry.setAfter(after().setMaskedKey("sk-...abcd").build()),
                entry -> entry.setAfter(after().setKeyFingerprint(null).build()),
                entry -> entry.setAfter(after().setIsDefault(false).build()),
                entry -> entry.setAfter(after().setIsActive(false).build()),
                entry -> entry.setAfter(after().setDefaultRevision(1).build()),
                entry -> entry.setAfter(after().setCreatedAt(Instant.EPOCH).build()),
                entry -> entry.setOccurredAt(Instant.EPOCH),
                entry -> entry.setPreviousHash(null),
                entry -> entry.setHash("0".repeat(64)));
    }

    @ParameterizedTest
    @MethodSource("everyField")
    void findsAnyFieldThatWasChanged(UnaryOperator<CredentialAudited.Builder> tampering) {
        var tampered = tampering.apply(CredentialAudited.newBuilder(TWO)).build();

        assertThat(findings(ONE, tampered, THREE)).contains(new Finding.Altered(place(1), ADA, 2));
    }

    @Test
    void findsTheSuccessorOfAChangedEntryThatWasGivenItsNewHash() {
        var forged = AuditChain.append(
                CredentialAudited.newBuilder(TWO).setActor("nobody").build(), ONE.getHash());

        assertThat(findings(ONE, forged, THREE)).containsExactly(new Finding.Unlinked(place(2), ADA, 3));
    }

    @Test
    void findsAnEntryThatWasTakenOutEvenWhenTheOthersMovedUp() {
        var moved = CredentialAudited.newBuilder(THREE).setSequence(2).build();

        assertThat(findings(ONE, THREE)).containsExactly(new Finding.Missing(place(1), ADA, 2, 2));
        assertThat(findings(ONE, moved)).containsExactly(new Finding.Altered(place(1), ADA, 2));
    }

    @Test
    void findsAnEntryThatWasPutInBetween() {
        var put = AuditChain.append(
                CredentialAudited.newBuilder(TWO).setRequestId("another").build(), ONE.getHash());

        assertThat(findings(ONE, put, TWO, THREE))
                .containsExactly(new Finding.Repeated(place(2), ADA, 2), new Finding.Unlinked(place(3), ADA, 3));
    }

    @Test
    void findsEntriesThatWereSwapped() {
        assertThat(findings(ONE, THREE, TWO))
                .containsExactly(new Finding.Missing(place(1), ADA, 2, 2), new Finding.OutOfOrder(place(2), ADA, 2, 4));
    }

    @Test
    void findsAChainThatGoesOnWithAnothersHashes() {
        var other = new Chaining().next(registered(ADA, 1, SECOND));

        assertThat(findings(other, TWO)).containsExactly(new Finding.Unlinked(place(1), ADA, 2));
    }

    @Test
    void findsAnEntryWithoutAHash() {
        assertThat(findings(Chaining.undone(ONE))).containsExactly(new Finding.Unchained(place(0), ADA, 1));
    }

    @Test
    void knowsTheChainsOfUsersApart() {
        var bens = new Chaining().next(registered(BEN, 1, SECOND));

        assertThat(findings(ONE, bens, TWO)).isEmpty();
    }

    private static List<Finding> findings(CredentialAudited... entries) {
        var found = new ArrayList<Entry>();
        for (var entry : entries) {
            found.add(entry(found.size(), entry));
        }
        return Recording.of(Scope.everything(), found::forEach).findings();
    }

    private static CredentialState.Builder after() {
        return CredentialState.newBuilder(TWO.getAfter());
    }

    private static Place place(long offset) {
        return new Place(0, offset);
    }
}
