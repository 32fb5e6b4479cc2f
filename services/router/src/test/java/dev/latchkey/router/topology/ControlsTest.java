package dev.latchkey.router.topology;

import static dev.latchkey.events.RunControl.APPROVED;
import static dev.latchkey.events.RunControl.CANCELLED;
import static dev.latchkey.events.RunControl.REJECTED;
import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.call;
import static dev.latchkey.router.Given.control;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptAfter;
import static dev.latchkey.router.Given.promptUntil;
import static dev.latchkey.router.Given.result;
import static dev.latchkey.router.Given.step;
import static dev.latchkey.router.Given.taskId;
import static dev.latchkey.router.Given.unfinished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolDecision;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ControlsTest {
    private static final AnswerGiven CALLS = new AnswerGiven("", 100L, 10L, null);
    private static final StepMade ASKED = new StepMade("", List.of(call("A"), call("B")), List.of());

    private final RouterRig router = RouterRig.usual();

    @BeforeEach
    void chooseADefault() {
        router.change(active("a", 1, 1));
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void waitsForItsUserToDecide() {
        var task = released(prompt("p"));

        router.report(pending(task));
        router.pass(Duration.ofMinutes(1));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getStatus, AgentRun::getStep, AgentRun::getPendingCalls)
                .containsExactly(
                        tuple(RunState.WAITING_FOR_APPROVAL, RunStatus.RUNNING, 1, List.of(call("A"), call("B"))));
    }

    @Test
    void goesOnWithTheDecisionsOnceNothingIsUndecided() {
        var task = undecided(prompt("p"));
        router.control(control("p", APPROVED, "A"));
        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getPendingCalls)
                .containsExactly(tuple(RunState.WAITING_FOR_APPROVAL, List.of(call("B"))));

        router.control(control("p", REJECTED, "B"));

        assertThat(router.tasks())
                .containsExactly(AgentTask.newBuilder(task)
                        .setTaskId(taskId("p", 2))
                        .setNumber(2)
                        .setStep(2)
                        .setSteps(List.of(ASKED))
                        .setDecisions(List.of(new ToolDecision("A", true), new ToolDecision("B", false)))
                        .build());
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getStep, AgentRun::getPendingCalls)
                .containsExactly(tuple(RunState.RUNNING, 2, List.of()));
    }

    @Test
    void decidesAboutEverythingAtOnce() {
        undecided(prompt("p"));

        router.control(control("p", REJECTED, null));

        assertThat(router.tasks())
                .extracting(AgentTask::getDecisions)
                .containsExactly(List.of(new ToolDecision("A", false), new ToolDecision("B", false)));
    }

    @Test
    void decidesNothingTwiceAndNothingThatIsNotPending() {
        undecided(prompt("p"));
        router.control(control("p", APPROVED, "A"));
        router.runs();

        router.control(control("p", REJECTED, "A"));
        router.control(control("p", REJECTED, "other"));
        router.control(control("q", APPROVED, null));

        assertThat(router.runs()).isEmpty();
        router.control(control("p", APPROVED, null));
        assertThat(router.tasks())
                .extracting(AgentTask::getDecisions)
                .containsExactly(List.of(new ToolDecision("A", true), new ToolDecision("B", true)));
    }

    @Test
    void forgetsTheDecisionsWithTheNextStep() {
        undecided(prompt("p"));
        router.control(control("p", APPROVED, null));

        router.report(unfinished(task(), CALLS, List.of(ASKED, step("C"))));

        assertThat(task().getDecisions()).isEmpty();
    }

    @Test
    void failsWhatNobodyDecidesByItsDeadline() {
        undecided(promptUntil("p", NOW.plusSeconds(20)));

        router.pass(Duration.ofSeconds(20));

        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason, AgentRun::getPendingCalls)
                .containsExactly(tuple(RunState.FAILED, RunReason.DEADLINE_PASSED, List.of()));
    }

    @Test
    void endsWhatIsUndecidedWhenTheCredentialIsDeleted() {
        undecided(prompt("p"));

        router.change(deleted("a", 2, 1));
        router.control(control("p", APPROVED, null));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason)
                .containsExactly(tuple(RunState.REFUSED, RunReason.CREDENTIAL_INACTIVE));
    }

    @Test
    void cancelsWhatIsWithTheWorkersAndHearsNothingMoreOfIt() {
        var task = released(prompt("p"));

        router.control(control("p", CANCELLED, null));
        router.report(result(task, new AnswerGiven("Fine.", null, null, null)));

        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getStatus, AgentRun::getReason, AgentRun::getMessage)
                .containsExactly(
                        tuple(RunState.CANCELLED, RunStatus.FAILED, RunReason.CANCELLED, "The run was cancelled."));
    }

    @Test
    void aWorkerCanHearOfACancellationFirst() {
        var task = released(prompt("p"));

        router.report(AgentResult.newBuilder(result(task, new RequestRefused("The run was cancelled.", true)))
                .setCancelled(true)
                .build());
        router.control(control("p", CANCELLED, null));

        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason)
                .containsExactly(tuple(RunState.CANCELLED, RunReason.CANCELLED));
    }

    @Test
    void cancelsWhateverARunWaitsFor() {
        undecided(prompt("undecided"));
        router.report(result(released(prompt("pausing")), new RateLimited(300_000L)));
        router.submit(promptAfter("waiting", "b", 2));
        router.runs();

        for (var name : List.of("undecided", "pausing", "waiting")) {
            router.control(control(name, CANCELLED, null));
        }

        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState)
                .containsExactly(
                        tuple(id("undecided"), RunState.CANCELLED),
                        tuple(id("pausing"), RunState.CANCELLED),
                        tuple(id("waiting"), RunState.CANCELLED));
        router.pass(Duration.ofMinutes(6));
        assertThat(router.tasks()).isEmpty();
        assertThat(router.dump(RouterStores.LISTENING)).isEmpty();
        assertThat(router.dump(RouterStores.LANES)).isEmpty();
    }

    @Test
    void changesNothingThatHasEnded() {
        router.report(result(released(prompt("p")), new AnswerGiven("Fine.", null, null, null)));
        router.runs();

        router.control(control("p", CANCELLED, null));

        assertThat(router.runs()).isEmpty();
    }

    @Test
    void cancelsAPromptThatItsCancellationOvertook() {
        router.control(control("p", CANCELLED, null));
        router.control(control("p", CANCELLED, null));
        router.pass(Duration.ofMinutes(1));

        router.submit(prompt("p"));
        router.submit(prompt("p"));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState, AgentRun::getReceipt)
                .containsExactly(tuple(id("p"), RunState.CANCELLED, null));
    }

    @Test
    void forgetsACancellationWithoutPromptAfterAWeek() {
        router.control(control("p", CANCELLED, null));

        router.jump(Duration.ofDays(7).plusSeconds(1));

        assertThat(router.dump(RouterStores.RUNS)).isEmpty();
        assertThat(router.dump(RouterStores.SCHEDULE)).isEmpty();
    }

    @Test
    void cancelsNobodyElsesRun() {
        var task = released(prompt("p"));
        var foreign = RunControlled.newBuilder(control("p", CANCELLED, null))
                .setUserId(id("mallory"))
                .build();

        router.control(foreign);
        router.report(result(task, new AnswerGiven("Fine.", null, null, null)));

        assertThat(router.runs()).extracting(AgentRun::getState).containsExactly(RunState.ANSWERED);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(id("ben").toString(), control("p", CANCELLED, null), "the record key is the userId"),
                Arguments.of(
                        ANNA.toString(),
                        control("p", RunControl.UNKNOWN, null),
                        "control is CANCELLED, APPROVED or REJECTED"),
                Arguments.of(ANNA.toString(), control("p", APPROVED, " "), "callId is not blank"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void buriesAControlThatBreaksARule(String key, RunControlled control, String rule) {
        undecided(prompt("p"));

        router.pipe(Topics.RUN_CONTROLS, key, control);

        assertThat(router.letters()).extracting(DeadLettered::getDetail).containsExactly(rule);
        assertThat(router.runs()).isEmpty();
    }

    private static AgentResult pending(AgentTask task) {
        return AgentResult.newBuilder(unfinished(task, CALLS, List.of(ASKED)))
                .setPendingCalls(List.of(call("A"), call("B")))
                .build();
    }

    private AgentTask undecided(PromptSubmitted prompt) {
        var task = released(prompt);
        router.report(pending(task));
        router.runs();
        return task;
    }

    private AgentTask task() {
        return router.tasks().getFirst();
    }

    private AgentTask released(PromptSubmitted prompt) {
        router.submit(prompt);
        router.runs();
        return task();
    }
}
