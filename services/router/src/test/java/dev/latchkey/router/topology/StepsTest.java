package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.call;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
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
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StepsTest {
    private static final AnswerGiven CALLS = new AnswerGiven("", 100L, 10L, null);
    private static final ProviderUnavailable OVERLOADED = new ProviderUnavailable("status 503", null);

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
    void asksAgainWithWhatWasDone() {
        var first = released(prompt("p"));

        router.report(unfinished(first, CALLS, List.of(step("ABC"))));

        assertThat(router.tasks())
                .containsExactly(AgentTask.newBuilder(first)
                        .setTaskId(taskId("p", 2))
                        .setNumber(2)
                        .setStep(2)
                        .setSteps(List.of(step("ABC")))
                        .build());
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getStep, AgentRun::getMostSteps)
                .containsExactly(tuple(RunState.RUNNING, 2, 3));
    }

    @Test
    void addsUpAttemptsAndTokensOfAllSteps() {
        router.report(unfinished(released(prompt("p")), CALLS, List.of(step("ABC"))));
        router.report(result(task(), OVERLOADED));
        router.pass(Duration.ofSeconds(1));
        router.runs();

        router.report(result(task(), new AnswerGiven("Fine.", null, 7L, null)));

        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getStep, StepsTest::counts)
                .containsExactly(tuple(RunState.ANSWERED, 2, List.of(3, 100L, 17L)));
    }

    @Test
    void givesTheNextTaskWhatTheProviderWantsBackWithACall() {
        var signed = new ToolCall("ABC", "price", "{}", "signed");
        var step = new StepMade("", List.of(signed), List.of(new ToolResult("ABC", "It is 5.")));

        router.report(unfinished(released(prompt("p")), CALLS, List.of(step)));

        assertThat(task().getSteps()).containsExactly(step);
    }

    @Test
    void triesAStepAgainWithTheStepsThatTheFailedAttemptMade() {
        router.report(unfinished(released(prompt("p")), CALLS, List.of(step("ABC"))));
        var failed = AgentResult.newBuilder(result(task(), OVERLOADED))
                .setSteps(List.of(step("ABC"), step("DEF")))
                .build();

        router.report(failed);
        router.pass(Duration.ofSeconds(1));

        assertThat(router.tasks())
                .extracting(AgentTask::getStep, AgentTask::getAttempt, AgentTask::getSteps)
                .containsExactly(tuple(2, 2, List.of(step("ABC"), step("DEF"))));
    }

    @Test
    void losesNoStepToAResultThatNamesNone() {
        router.report(unfinished(released(prompt("p")), CALLS, List.of(step("ABC"))));

        router.report(result(task(), OVERLOADED));
        router.pass(Duration.ofSeconds(1));

        assertThat(task().getSteps()).containsExactly(step("ABC"));
    }

    @Test
    void beginsEachStepWithAllAttempts() {
        var task = released(prompt("p"));
        for (int pause : List.of(1, 2, 4)) {
            router.report(result(task, OVERLOADED));
            router.pass(Duration.ofSeconds(pause));
            task = task();
        }

        router.report(unfinished(task, CALLS, List.of(step("ABC"))));
        task = task();
        router.report(result(task, OVERLOADED));

        assertThat(task.getAttempt()).isEqualTo(1);
        assertThat(router.runs().getLast())
                .extracting(AgentRun::getState, AgentRun::getMessage)
                .containsExactly(RunState.RETRYING, "openai is unavailable: status 503: attempt 2 follows.");
    }

    @Test
    void stopsAtTheStepsOfTheAgent() {
        router.report(unfinished(released(prompt("p")), CALLS, List.of(step("A"))));
        router.report(unfinished(task(), CALLS, List.of(step("A"), step("B"))));
        var last = task();
        router.runs();

        router.report(unfinished(last, CALLS, List.of(step("A"), step("B"), step("C"))));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason, AgentRun::getMessage, StepsTest::counts)
                .containsExactly(tuple(
                        RunState.FAILED,
                        RunReason.STEPS_EXHAUSTED,
                        "The model was asked 3 times, and its agent may ask no more.",
                        List.of(3, 300L, 30L)));
    }

    @Test
    void stopsAtTheTokensOfTheAgentBeforeItAsksAgain() {
        var first = released(prompt("p"));
        router.report(unfinished(first, new AnswerGiven("", 900L, 100L, null), List.of(step("A"))));
        router.runs();

        router.report(unfinished(task(), new AnswerGiven("", null, 1L, null), List.of(step("A"), step("B"))));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason, AgentRun::getMessage)
                .containsExactly(tuple(
                        RunState.FAILED,
                        RunReason.TOKENS_EXHAUSTED,
                        "The run took 1001 tokens, and its agent may take 1000."));
    }

    @Test
    void answersWithWhatCameAlsoWhenItTookMoreTokens() {
        router.report(result(released(prompt("p")), new AnswerGiven("Fine.", 5_000L, 5_000L, null)));

        assertThat(router.runs()).extracting(AgentRun::getState).containsExactly(RunState.ANSWERED);
    }

    @Test
    void asksNothingWithAKeyThatWasDeletedMeanwhile() {
        var first = released(prompt("p"));
        router.change(deleted("a", 2, 1));

        router.report(unfinished(first, CALLS, List.of(step("ABC"))));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason)
                .containsExactly(tuple(RunState.REFUSED, RunReason.CREDENTIAL_INACTIVE));
    }

    @Test
    void asksTheNextQuestionWithTheCredentialAsItIsThen() {
        var first = released(prompt("p"));
        router.change(active("a", 2, 1));

        router.report(unfinished(first, CALLS, List.of(step("ABC"))));

        assertThat(router.tasks())
                .extracting(AgentTask::getCredential)
                .containsExactly(new CredentialVersion(id("a"), 2L));
        assertThat(router.runs())
                .extracting(run -> run.getReceipt().getCredentialRevision())
                .containsExactly(2L);
    }

    @Test
    void asksNothingAfterTheDeadline() {
        var first = released(promptUntil("p", NOW.plusSeconds(20)));
        router.pass(Duration.ofSeconds(25));

        router.report(unfinished(first, CALLS, List.of(step("ABC"))));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason)
                .containsExactly(tuple(RunState.FAILED, RunReason.DEADLINE_PASSED));
    }

    @Test
    void failsWhatNoRecordHasRoomForAndGoesOn() {
        var tooLong = new ToolResult("ABC", "x".repeat(1_000_000));

        router.report(unfinished(
                released(prompt("p")), CALLS, List.of(new StepMade("", List.of(call("ABC")), List.of(tooLong)))));

        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason, AgentRun::getMessage)
                .containsExactly(tuple(
                        RunState.FAILED,
                        RunReason.REQUEST_REFUSED,
                        "The conversation has become too long with what its tools said."));
        assertThat(released(prompt("q")).getStep()).isEqualTo(1);
    }

    @Test
    void carriesSealedStepsUnread() {
        var sealed = ByteBuffer.wrap(new byte[] {7, 8, 9});
        var first = released(prompt("p"));

        router.report(AgentResult.newBuilder(unfinished(first, CALLS, List.of()))
                .setSealedSteps(sealed)
                .build());
        var second = task();
        router.report(result(second, OVERLOADED));
        router.pass(Duration.ofSeconds(1));

        assertThat(second.getSealedSteps()).isEqualTo(sealed);
        assertThat(task().getSealedSteps()).isEqualTo(sealed);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(broken(OVERLOADED).setUnfinished(true), "what is unfinished is an answer"),
                Arguments.of(
                        broken(CALLS).setPendingCalls(List.of(call("ABC"))),
                        "calls wait for a decision only while the run goes on"),
                Arguments.of(
                        broken(CALLS).setSteps(List.of(step("ABC"))).setSealedSteps(ByteBuffer.allocate(1)),
                        "steps are sealed or plain, and not both"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void buriesAResultThatContradictsItself(AgentResult.Builder result, String rule) {
        router.report(result.setTaskId(released(prompt("p")).getTaskId()).build());

        assertThat(router.letters()).extracting(DeadLettered::getDetail).containsExactly(rule);
        assertThat(router.runs()).isEmpty();
    }

    private static AgentResult.Builder broken(Object outcome) {
        return AgentResult.newBuilder()
                .setTaskId(id("t"))
                .setPromptId(id("p"))
                .setUserId(ANNA)
                .setAttempt(1)
                .setOutcome(outcome)
                .setStartedAt(NOW)
                .setFinishedAt(NOW);
    }

    private static List<Object> counts(AgentRun run) {
        var receipt = run.getReceipt();
        return List.of(receipt.getAttempts(), receipt.getPromptTokens(), receipt.getCompletionTokens());
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
