package dev.latchkey.router.defaults;

import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.modelOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UserCredentialsTest {
    @Test
    void hasNoDefaultWithoutCredentials() {
        assertThat(UserCredentials.none().defaultModel()).isEmpty();
    }

    @Test
    void hasNoDefaultUntilOneIsChosen() {
        assertThat(fold(List.of(active("a", 1, 0), active("b", 2, 0))).defaultModel())
                .isEmpty();
    }

    @Test
    void takesTheCredentialThatWasMadeDefaultLast() {
        var credentials = fold(List.of(active("a", 1, 1), active("b", 2, 2), active("a", 3, 1)));

        assertThat(credentials.defaultModel()).contains(modelOf(active("b", 2, 2)));
    }

    @Test
    void neverFallsBackToAnotherWhenTheDefaultIsDeleted() {
        var credentials = fold(List.of(active("a", 1, 1), active("b", 2, 2), deleted("b", 3, 2)));

        assertThat(credentials.defaultModel()).isEmpty();
    }

    @Test
    void keepsTheDefaultWhenAnotherIsDeleted() {
        var credentials = fold(List.of(active("a", 1, 1), active("b", 2, 2), deleted("a", 3, 1)));

        assertThat(credentials.defaultModel()).contains(modelOf(active("b", 2, 2)));
    }

    @Test
    void hasSeenARevisionOnceThatOneOrANewerCame() {
        var credentials = fold(List.of(active("a", 4, 0)));

        assertThat(Stream.of(3, 4, 5).map(revision -> new CredentialVersion(id("a"), (long) revision)))
                .map(credentials::hasSeen)
                .containsExactly(true, true, false);
        assertThat(credentials.hasSeen(new CredentialVersion(id("b"), 1L))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void comesToTheSameInEveryOrder(List<CredentialChanged> history) {
        var inOrder = fold(history);

        assertThat(permutations(history)).allSatisfy(order -> {
            assertThat(fold(order)).isEqualTo(inOrder);
            assertThat(fold(order).defaultModel()).isEqualTo(inOrder.defaultModel());
        });
    }

    @ParameterizedTest
    @MethodSource("histories")
    void comesToTheSameHoweverOftenAChangeComes(List<CredentialChanged> history) {
        var inOrder = fold(history);
        var random = new Random(42);

        for (int round = 0; round < 1_000; round++) {
            var noisy = new ArrayList<>(history);
            random.ints(10, 0, history.size()).forEach(index -> noisy.add(history.get(index)));
            java.util.Collections.shuffle(noisy, random);

            assertThat(fold(noisy)).isEqualTo(inOrder);
        }
    }

    static Stream<List<CredentialChanged>> histories() {
        return Stream.of(
                List.of(active("a", 1, 1), active("b", 2, 2), active("a", 3, 3), deleted("b", 4, 2)),
                List.of(
                        active("a", 1, 1),
                        active("b", 2, 0),
                        active("b", 3, 3),
                        active("c", 4, 4),
                        deleted("c", 5, 4),
                        active("a", 6, 6)),
                List.of(
                        active("a", 1, 1),
                        active("a", 2, 1),
                        active("b", 3, 3),
                        active("a", 4, 1),
                        active("b", 5, 3),
                        deleted("b", 6, 3)));
    }

    private static UserCredentials fold(List<CredentialChanged> changes) {
        var credentials = UserCredentials.none();
        for (var change : changes) {
            credentials = credentials.with(change);
        }
        return credentials;
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<T>>();
        for (int first = 0; first < items.size(); first++) {
            var rest = new ArrayList<>(items);
            var head = rest.remove(first);
            permutations(rest).forEach(tail -> all.add(concat(head, tail)));
        }
        return all;
    }

    private static <T> List<T> concat(T head, List<T> tail) {
        var whole = new ArrayList<T>();
        whole.add(head);
        whole.addAll(tail);
        return whole;
    }
}
