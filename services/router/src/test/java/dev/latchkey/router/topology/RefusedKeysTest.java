package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.call;
import static dev.latchkey.router.Given.control;
import static dev.latchkey.router.Given.credential;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptAfter;
import static dev.latchkey.router.Given.promptWith;
import static dev.latchkey.router.Given.result;
import static dev.latchkey.router.Given.unfinished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.router.runs.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers take every task five seconds after the beginning. */
final class RefusedKeysTest {
    private static final KeyRefused REFUSED = new KeyRefused("status 401");
    private static final Instant TAKEN = NOW.plusSeconds(5);

    private final RouterRig router = RouterRig.withRoom(new Room(2, 1, 10_000));

    @BeforeEach
    void chooseADefault() {
        router.change(accepted(1, NOW));
        router.change(active("b", 2, 0));
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void endsWhatWaitsWithThatKeyAndNothingElse() {
        var undecided = released(prompt("undecided"));
        router.report(AgentResult.newBuilder(unfinished(undecided, new AnswerGiven("", 1L, 1L, null), List.of()))
                .setPendingCalls(List.of(call("A")))
                .build());
        router.report(result(released(prompt("pausing")), new RateLimited(300_000L)));
        var task = released(prompt("refused"));
        router.submit(prompt("queued"));
        router.submit(promptWith("other", credential("b")));
        router.runs();

        refuse(task);

        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState, AgentRun::getReason, AgentRun::getMessage)
                .startsWith(tuple(
                        id("refused"), RunState.FAILED, RunReason.KEY_REFUSED, "openai refused the key: status 401"))
                .contains(
                        tuple(id("undecided"), RunState.REFUSED, RunReason.KEY_REFUSED, sentence()),
                        tuple(id("pausing"), RunState.REFUSED, RunReason.KEY_REFUSED, sentence()),
                        tuple(id("queued"), RunState.REFUSED, RunReason.KEY_REFUSED, sentence()))
                .hasSize(4);
        assertThat(router.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("other"));
        router.control(control("undecided", RunControl.APPROVED, null));
        router.pass(Duration.ofMinutes(6));
        assertThat(router.tasks()).isEmpty();
    }

    @Test
    void refusesFurtherPromptsWithThatKey() {
        refuse(released(prompt("p")));
        router.runs();

        router.submit(prompt("q"));
        router.submit(promptWith("r", credential("a")));
        router.submit(promptWith("s", credential("b")));

        assertThat(router.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("s"));
        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState, AgentRun::getReason, AgentRun::getMessage)
                .contains(
                        tuple(id("q"), RunState.REFUSED, RunReason.KEY_REFUSED, sentence()),
                        tuple(id("r"), RunState.REFUSED, RunReason.KEY_REFUSED, sentence()));
    }

    @Test
    void asksNoNextQuestionWithThatKey() {
        try (var rig = RouterRig.usual()) {
            rig.change(accepted(1, NOW));
            rig.submit(prompt("p"));
            rig.submit(prompt("q"));
            var tasks = rig.tasks();
            rig.report(at(TAKEN, tasks.getFirst(), REFUSED));
            rig.runs();

            rig.report(unfinished(tasks.getLast(), new AnswerGiven("", 1L, 1L, null), List.of()));

            assertThat(rig.tasks()).isEmpty();
            assertThat(rig.runs())
                    .extracting(AgentRun::getState, AgentRun::getReason)
                    .containsExactly(tuple(RunState.REFUSED, RunReason.KEY_REFUSED));
        }
    }

    @Test
    void doesNotTryAgainWithThatKey() {
        try (var rig = RouterRig.usual()) {
            rig.change(accepted(1, NOW));
            rig.submit(prompt("p"));
            rig.submit(prompt("q"));
            var tasks = rig.tasks();
            rig.report(at(TAKEN, tasks.getFirst(), REFUSED));
            rig.runs();

            rig.report(result(tasks.getLast(), new RateLimited(1_000L)));

            assertThat(rig.runs())
                    .extracting(AgentRun::getState, AgentRun::getReason)
                    .containsExactly(tuple(RunState.REFUSED, RunReason.KEY_REFUSED));
        }
    }

    @Test
    void endsALongQueueBitByBitAndReleasesNothingOfIt() {
        var task = released(prompt("p"));
        for (int i = 0; i < 1_200; i++) {
            router.submit(prompt("q" + i));
        }
        router.runs();

        refuse(task);
        assertThat(router.runs()).hasSize(501);
        router.pass(RouterProcessor.LOOK);
        assertThat(router.runs()).hasSize(500);
        router.pass(RouterProcessor.LOOK);
        assertThat(router.runs()).hasSize(200);

        assertThat(router.tasks()).isEmpty();
        assertThat(router.dump(RouterStores.QUEUE)).isEmpty();
        assertThat(router.dump(RouterStores.ROUNDS)).isEmpty();
    }

    @Test
    void goesOnWithTheRestWhenTheKeyIsMendedWhileAQueueEnds() {
        var task = released(prompt("p"));
        for (int i = 0; i < 1_200; i++) {
            router.submit(prompt("q" + i));
        }
        refuse(task);
        router.runs();

        router.change(accepted(3, TAKEN.plusSeconds(1)));
        router.pass(Duration.ofSeconds(1));

        assertThat(router.tasks()).hasSize(1);
        assertThat(router.runs()).extracting(AgentRun::getState).containsExactly(RunState.RUNNING);
        assertThat(router.dump(RouterStores.QUEUE)).hasSize(699);
    }

    @Test
    void acceptsAKeyThatWasAcceptedSince() {
        refuse(released(prompt("p")));

        router.change(accepted(3, TAKEN.plusSeconds(1)));
        router.submit(prompt("q"));

        assertThat(router.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("q"));
    }

    @Test
    void goesOnRefusingWhenSomethingElseChanges() {
        refuse(released(prompt("p")));

        router.change(accepted(3, NOW));
        router.submit(prompt("q"));

        assertThat(router.tasks()).isEmpty();
    }

    @Test
    void doesNotBlameTheNewKeyForTheOldOne() {
        var task = released(prompt("p"));
        router.submit(prompt("q"));
        router.change(accepted(3, TAKEN.plusSeconds(1)));

        refuse(task);

        assertThat(router.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("q"));
    }

    @Test
    void leavesAPromptAloneThatWaitsForAnotherKey() {
        var task = released(prompt("p"));
        router.submit(promptAfter("q", "a", 3));
        refuse(task);
        router.runs();

        router.change(accepted(3, TAKEN.plusSeconds(1)));

        assertThat(router.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("q"));
    }

    @Test
    void doesWhatTheApiSaysAboutAKey() {
        var task = released(prompt("p"));
        router.submit(prompt("q"));
        router.runs();

        router.change(refusedBy(3, TAKEN));
        router.submit(prompt("r"));
        router.report(result(task, new AnswerGiven("Fine.", 1L, 1L, null)));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState, AgentRun::getReason)
                .containsExactly(
                        tuple(id("q"), RunState.REFUSED, RunReason.KEY_REFUSED),
                        tuple(id("r"), RunState.REFUSED, RunReason.KEY_REFUSED),
                        tuple(id("p"), RunState.ANSWERED, null));
        router.change(accepted(4, TAKEN.plusSeconds(1)));
        router.submit(prompt("s"));
        assertThat(router.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("s"));
    }

    @Test
    void remembersARefusedKeyAfterARestart() {
        refuse(released(prompt("p")));
        try (var after = RouterRig.usual()) {
            after.restoreFrom(router);

            after.submit(prompt("q"));

            assertThat(after.runs()).extracting(AgentRun::getReason).containsExactly(RunReason.KEY_REFUSED);
        }
    }

    private static String sentence() {
        return "openai refuses the key of your credential " + id("a") + ": give it another key or have it checked.";
    }

    private static CredentialChanged accepted(long revision, @Nullable Instant at) {
        return CredentialChanged.newBuilder(active("a", revision, 1))
                .setLastValidatedAt(at)
                .build();
    }

    private static CredentialChanged refusedBy(long revision, Instant at) {
        return CredentialChanged.newBuilder(accepted(revision, NOW))
                .setKeyRefusedAt(at)
                .build();
    }

    private static AgentResult at(Instant taken, AgentTask task, Object outcome) {
        return AgentResult.newBuilder(result(task, outcome)).setStartedAt(taken).build();
    }

    private void refuse(AgentTask task) {
        router.report(at(TAKEN, task, REFUSED));
    }

    private AgentTask released(PromptSubmitted prompt) {
        router.submit(prompt);
        router.runs();
        return router.tasks().getFirst();
    }
}
