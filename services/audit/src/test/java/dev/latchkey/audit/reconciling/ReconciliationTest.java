package dev.latchkey.audit.reconciling;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.BEN;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.SECOND;
import static dev.latchkey.audit.Changes.deleted;
import static dev.latchkey.audit.Changes.entry;
import static dev.latchkey.audit.Changes.madeDefault;
import static dev.latchkey.audit.Changes.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.reconciling.Difference.Defaults;
import dev.latchkey.audit.reconciling.Difference.NotInTable;
import dev.latchkey.audit.reconciling.Difference.NotThere;
import dev.latchkey.audit.reconciling.Difference.Unlike;
import dev.latchkey.audit.reconciling.Difference.UnlikeDefault;
import dev.latchkey.audit.reconciling.Difference.Values;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReconciliationTest {
    private static final Picture AGREED = new Picture(Map.of(FIRST, copy(ADA), SECOND, copy(BEN)), Map.of(ADA, FIRST));

    @Test
    void findsNoDifferenceWhereAllAgree() {
        assertThat(compared(AGREED, AGREED, AGREED)).isEqualTo(new Reconciliation.Result(2, List.of()));
    }

    @Test
    void namesWhatTheTableHasAlone() {
        var less = new Picture(Map.of(FIRST, copy(ADA)), Map.of(ADA, FIRST));

        assertThat(compared(AGREED, less, less).differences())
                .containsExactly(new NotThere(Keeper.TOPIC, SECOND), new NotThere(Keeper.HISTORY, SECOND));
    }

    @Test
    void namesWhatTheTableLacks() {
        var less = new Picture(Map.of(FIRST, copy(ADA)), Map.of(ADA, FIRST));

        assertThat(compared(less, AGREED, AGREED).differences())
                .containsExactly(new NotInTable(Keeper.TOPIC, SECOND), new NotInTable(Keeper.HISTORY, SECOND));
    }

    @ParameterizedTest
    @EnumSource(
            value = Trait.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REVISION", "SEALED_KEY", "KEY_FINGERPRINT"})
    void namesATraitThatTheTableHasOtherwise(Trait trait) {
        var values = new Values("other", copy(ADA).of(trait));

        assertThat(compared(changed(trait), AGREED, AGREED).differences())
                .containsExactly(
                        new Unlike(Keeper.TOPIC, FIRST, trait, values),
                        new Unlike(Keeper.HISTORY, FIRST, trait, values));
    }

    @Test
    void comparesWithEachKeeperWhatItKeeps() {
        assertThat(compared(AGREED, changed(Trait.KEY_FINGERPRINT), changed(Trait.SEALED_KEY, Trait.REVISION))
                        .differences())
                .isEmpty();
        assertThat(compared(AGREED, changed(Trait.SEALED_KEY), changed(Trait.KEY_FINGERPRINT))
                        .differences())
                .containsExactly(
                        new Unlike(Keeper.TOPIC, FIRST, Trait.SEALED_KEY, new Values("sealed", "other")),
                        new Unlike(Keeper.HISTORY, FIRST, Trait.KEY_FINGERPRINT, new Values("finger", "other")));
    }

    @Test
    void namesAUserWhoseDefaultIsAnother() {
        var published = new Picture(AGREED.credentials(), Map.of(BEN, SECOND));

        assertThat(compared(AGREED, published, AGREED).differences())
                .containsExactly(
                        new UnlikeDefault(Keeper.TOPIC, ADA, new Defaults(Optional.of(FIRST), Optional.empty())),
                        new UnlikeDefault(Keeper.TOPIC, BEN, new Defaults(Optional.empty(), Optional.of(SECOND))));
    }

    @Test
    void forgetsADifferenceThatWasOnItsWay() {
        var late = new Picture(Map.of(FIRST, copy(ADA)), Map.of());
        var looks = new ArrayDeque<>(List.of(late, AGREED));

        var result = new Reconciliation(Map.of(
                        Keeper.TABLE, () -> AGREED, Keeper.TOPIC, looks::removeFirst, Keeper.HISTORY, () -> AGREED))
                .run(() -> true);

        assertThat(result.differences()).isEmpty();
    }

    @Test
    void keepsNoDifferenceThatIsNewAtEveryLook() {
        var looks = new ArrayDeque<>(List.of(changed(Trait.MODEL), changed(Trait.PROVIDER)));

        var result = new Reconciliation(Map.of(
                        Keeper.TABLE, () -> AGREED, Keeper.TOPIC, looks::removeFirst, Keeper.HISTORY, () -> AGREED))
                .run(() -> true);

        assertThat(result.differences()).isEmpty();
    }

    /** The relay stands still, and the user validates the key meanwhile. */
    @Test
    void keepsADifferenceWhoseValuesChangeFromLookToLook() {
        var looks = new ArrayDeque<>(List.of(revised("5"), revised("6")));

        var result = new Reconciliation(Map.of(
                        Keeper.TABLE,
                        looks::removeFirst,
                        Keeper.TOPIC,
                        () -> revised("3"),
                        Keeper.HISTORY,
                        () -> revised("3")))
                .run(() -> !looks.isEmpty());

        assertThat(result.differences())
                .containsExactly(new Unlike(Keeper.TOPIC, FIRST, Trait.REVISION, new Values("6", "3")));
    }

    @Test
    void keepsADefaultThatIsAnotherAtEveryLook() {
        var looks = new ArrayDeque<>(List.of(SECOND, UUID.randomUUID()));
        var other = looks.getLast();

        var result = new Reconciliation(Map.of(
                        Keeper.TABLE,
                        () -> AGREED,
                        Keeper.TOPIC,
                        () -> new Picture(AGREED.credentials(), Map.of(ADA, looks.removeFirst())),
                        Keeper.HISTORY,
                        () -> AGREED))
                .run(() -> !looks.isEmpty());

        assertThat(result.differences())
                .containsExactly(
                        new UnlikeDefault(Keeper.TOPIC, ADA, new Defaults(Optional.of(FIRST), Optional.of(other))));
    }

    @Test
    void foldsTheHistoryIntoThePictureOfTheTable() {
        var history = List.<Entry>of(
                entry(0, registered(ADA, 1, FIRST)),
                entry(1, madeDefault(ADA, 2, FIRST)),
                entry(2, registered(BEN, 1, SECOND)),
                entry(3, madeDefault(BEN, 2, SECOND)),
                entry(4, deleted(BEN, 3, SECOND, 2)));

        var picture = new FoldedHistory(history::forEach).look();

        assertThat(picture.defaults()).isEqualTo(Map.of(ADA, FIRST));
        assertThat(picture.credentials().get(SECOND))
                .isEqualTo(new Copy(Map.of(
                        Trait.OWNER, BEN.toString(),
                        Trait.PROVIDER, "openai",
                        Trait.MODEL, "gpt-4o-mini",
                        Trait.MASKED_KEY, "sk-...wxyz",
                        Trait.ACTIVE, "false",
                        Trait.DEFAULT_REVISION, "2")));
    }

    private static Reconciliation.Result compared(Picture table, Picture topic, Picture history) {
        return new Reconciliation(
                        Map.of(Keeper.TABLE, () -> table, Keeper.TOPIC, () -> topic, Keeper.HISTORY, () -> history))
                .run(() -> false);
    }

    private static Picture changed(Trait... traits) {
        var first = new HashMap<>(copy(ADA).traits());
        Arrays.asList(traits).forEach(trait -> first.put(trait, "other"));
        return new Picture(Map.of(FIRST, new Copy(first), SECOND, copy(BEN)), AGREED.defaults());
    }

    private static Picture revised(String revision) {
        var first = new HashMap<>(copy(ADA).traits());
        first.put(Trait.REVISION, revision);
        return new Picture(Map.of(FIRST, new Copy(first), SECOND, copy(BEN)), AGREED.defaults());
    }

    private static Copy copy(UUID owner) {
        return new Copy.Builder()
                .with(Trait.OWNER, owner)
                .with(Trait.PROVIDER, "openai")
                .with(Trait.MODEL, "gpt-4o-mini")
                .with(Trait.BASE_URL, null)
                .with(Trait.MASKED_KEY, "sk-...wxyz")
                .with(Trait.ACTIVE, true)
                .with(Trait.DEFAULT_REVISION, 1)
                .with(Trait.REVISION, 1)
                .with(Trait.SEALED_KEY, "sealed")
                .with(Trait.KEY_FINGERPRINT, "finger")
                .build();
    }
}
