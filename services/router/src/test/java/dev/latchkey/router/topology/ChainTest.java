package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.promptWith;
import static dev.latchkey.router.Given.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A prompt that names several credentials: a, then b, then c. */
final class ChainTest {
    private final RouterRig rig = RouterRig.usual();

    @BeforeEach
    void registerThree() {
        rig.change(active("a", 1, 0));
        rig.change(active("b", 2, 0));
        rig.change(active("c", 3, 0));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void asksTheFirstAndKeepsTheRest() {
        submit();

        var task = rig.tasks().getFirst();
        assertThat(credentialOf(task)).isEqualTo(id("a"));
        assertThat(task.getFallbacks()).containsExactly(id("b"), id("c"));
    }

    @Test
    void goesToTheNextWhenAKeyIsRefused() {
        submit();

        rig.report(result(rig.tasks().getFirst(), new KeyRefused("no")));
        rig.pass(Duration.ofMillis(200));

        var task = rig.tasks().getFirst();
        assertThat(credentialOf(task)).isEqualTo(id("b"));
        assertThat(task.getModelName()).isEqualTo("model-of-b");
        assertThat(task.getAttempt()).isEqualTo(1);
        assertThat(task.getFallbacks()).containsExactly(id("c"));
    }

    @Test
    void namesTheOneThatAnsweredOnTheReceipt() {
        submit();
        rig.report(result(rig.tasks().getFirst(), new KeyRefused("no")));
        rig.pass(Duration.ofMillis(200));

        rig.report(result(rig.tasks().getFirst(), new AnswerGiven("Fine.", 1L, 1L, null)));

        var run = rig.runs().getLast();
        assertThat(run.getState()).isEqualTo(RunState.ANSWERED);
        assertThat(run.getReceipt().getCredentialId()).isEqualTo(id("b"));
        assertThat(run.getReceipt().getModelName()).isEqualTo("model-of-b");
        assertThat(run.getReceipt().getAttempts()).isEqualTo(2);
    }

    @Test
    void goesToTheNextOnceAllAttemptsAreMade() {
        submit();
        for (int attempt = 1; attempt <= 4; attempt++) {
            rig.report(result(rig.tasks().getLast(), new ProviderUnavailable("away", null)));
            rig.pass(Duration.ofSeconds(10));
        }

        assertThat(rig.tasks()).map(ChainTest::credentialOf).containsExactly(id("b"));
    }

    @Test
    void goesToTheNextWhenOneIsDeletedOnTheWay() {
        submit();

        rig.report(result(rig.tasks().getFirst(), new CredentialUnusable("deleted", true)));
        rig.pass(Duration.ofMillis(200));

        assertThat(rig.tasks()).map(ChainTest::credentialOf).containsExactly(id("b"));
    }

    @Test
    void passesOverWhatCanNotBeUsed() {
        rig.change(deleted("a", 4, 0));
        rig.change(deleted("b", 5, 0));

        submit();

        assertThat(rig.tasks()).map(ChainTest::credentialOf).containsExactly(id("c"));
    }

    @Test
    void goesToTheNextWhenOneIsDeletedWhileItsRetryIsDue() {
        submit();
        rig.report(result(rig.tasks().getFirst(), new ProviderUnavailable("away", null)));

        rig.change(deleted("a", 4, 0));
        rig.pass(Duration.ofSeconds(3));

        assertThat(rig.tasks()).map(ChainTest::credentialOf).containsExactly(id("b"));
    }

    @Test
    void endsWhenNoneIsLeft() {
        submit();
        for (int i = 0; i < 3; i++) {
            rig.report(result(rig.tasks().getLast(), new KeyRefused("no")));
            rig.pass(Duration.ofMillis(200));
        }

        assertThat(rig.tasks()).isEmpty();
        var run = rig.runs().getLast();
        assertThat(run.getState()).isEqualTo(RunState.FAILED);
        assertThat(run.getReason()).isEqualTo(RunReason.KEY_REFUSED);
        assertThat(run.getReceipt().getCredentialId()).isEqualTo(id("c"));
    }

    @Test
    void asksNobodyElseWhatWasRefusedForWhatItSays() {
        submit();

        rig.report(result(rig.tasks().getFirst(), new RequestRefused("no", false)));
        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.tasks()).isEmpty();
        assertThat(rig.runs().getLast().getState()).isEqualTo(RunState.FAILED);
    }

    @Test
    void buriesAChainThatIsNone() {
        rig.submit(promptWith("p", new ModelChoice(ModelChoiceKind.CREDENTIAL, id("a"), List.of(id("a")))));
        rig.submit(promptWith("p", new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of(id("a")))));
        rig.submit(promptWith("p", choice(Stream.of("a", "b", "c", "d", "e", "f"))));

        assertThat(rig.letters())
                .hasSize(3)
                .allSatisfy(letter -> assertThat(letter.getDetail())
                        .isEqualTo("fallbacks are there for CREDENTIAL, at most 4, each once"));
    }

    private void submit() {
        rig.submit(promptWith("p", choice(Stream.of("a", "b", "c"))));
    }

    private static ModelChoice choice(Stream<String> names) {
        var ids = names.map(name -> id(name)).toList();
        return new ModelChoice(ModelChoiceKind.CREDENTIAL, ids.getFirst(), ids.subList(1, ids.size()));
    }

    private static UUID credentialOf(AgentTask task) {
        return task.getCredential().getCredentialId();
    }
}
