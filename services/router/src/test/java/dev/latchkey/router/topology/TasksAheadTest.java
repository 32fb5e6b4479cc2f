package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.call;
import static dev.latchkey.router.Given.control;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.result;
import static dev.latchkey.router.Given.step;
import static dev.latchkey.router.Given.unfinished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunState;
import dev.latchkey.events.UsageCounted;
import dev.latchkey.router.runs.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A router died after tasks had left and before the transaction that knew of them was committed. The next one has the state
 * before, the tasks in their topic, and reads again what led to them.
 */
final class TasksAheadTest {
    private static final AnswerGiven ANSWER = new AnswerGiven("Fine.", 10L, 5L, null);
    private static final AnswerGiven CALLS = new AnswerGiven("", 10L, 5L, null);
    private static final Room ROOM = new Room(1, 1, 1_000);

    private final RouterRig before = RouterRig.withRoom(ROOM);
    private final RouterRig after = RouterRig.withRoom(ROOM);
    private final List<AgentTask> left = new ArrayList<>();

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    @Test
    void noTaskLeavesTwice() {
        before.change(active("a", 1, 1));
        crashBefore(() -> before.submit(prompt("p")));

        after.submit(prompt("p"));
        after.report(result(left.getLast(), ANSWER));

        assertThat(after.tasks()).isEmpty();
        assertStates(RunState.RUNNING, RunState.ANSWERED);
    }

    @Test
    void aResultCanComeBeforeItsPromptComesAgain() {
        before.change(active("a", 1, 1));
        crashBefore(() -> before.submit(prompt("p")));

        after.report(result(left.getLast(), ANSWER));
        after.submit(prompt("p"));

        assertThat(after.tasks()).isEmpty();
        assertThat(after.runs())
                .extracting(AgentRun::getState, AgentRun::getSubmittedAt, AgentRun::getMostSteps)
                .containsExactly(tuple(RunState.RUNNING, NOW, 3), tuple(RunState.ANSWERED, NOW, 3));
    }

    @Test
    void theTaskThatLeftCounts() {
        before.change(active("a", 1, 1));
        crashBefore(() -> before.submit(prompt("p")));

        after.change(active("b", 2, 2));
        after.submit(prompt("p"));
        after.report(result(left.getLast(), ANSWER));

        assertThat(after.tasks()).isEmpty();
        assertThat(after.runs().getLast().getReceipt().getCredentialId()).isEqualTo(id("a"));
        assertThat(after.usage())
                .extracting(TestRecord::value)
                .extracting(UsageCounted::getCredentialId)
                .containsExactly(id("a"));
    }

    @Test
    void theNextStepIsNotAskedTwiceAndBothAreCounted() {
        before.change(active("a", 1, 1));
        before.submit(prompt("p"));
        var first = task();
        var result = unfinished(first, CALLS, List.of(step("A")));
        crashBefore(() -> before.report(result));

        after.report(result);
        after.report(result(left.getLast(), ANSWER));

        assertThat(after.tasks()).isEmpty();
        assertStates(RunState.RUNNING, RunState.ANSWERED);
        assertThat(after.usage().getLast().value().getPromptTokens()).isEqualTo(20);
    }

    @Test
    void aRetryThatLeftIsUnderWayAsSoonAsItsReasonIsReadAgain() {
        before.change(active("a", 1, 1));
        before.submit(prompt("p"));
        var result = result(task(), new RateLimited(1_000L));
        crashBefore(() -> {
            before.report(result);
            before.pass(Duration.ofSeconds(1));
        });

        after.report(result);
        after.report(result(left.getLast(), ANSWER));
        after.pass(Duration.ofSeconds(2));

        assertThat(after.tasks()).isEmpty();
        assertStates(RunState.RUNNING, RunState.ANSWERED);
    }

    @Test
    void aRetryThatLeftDoesNotLeaveAgainWhenItIsDue() {
        before.change(active("a", 1, 1));
        before.submit(prompt("p"));
        before.report(result(task(), new RateLimited(1_000L)));
        crashBefore(() -> before.pass(Duration.ofSeconds(1)));

        after.pass(Duration.ofSeconds(2));
        after.report(result(left.getLast(), ANSWER));

        assertThat(after.tasks()).isEmpty();
        assertStates(RunState.RUNNING, RunState.ANSWERED);
    }

    @Test
    void whoHadItsTurnHasHadIt() {
        before.change(active("a", 1, 1));
        before.submit(prompt("one"));
        before.submit(prompt("two"));
        var result = result(task(), ANSWER);
        crashBefore(() -> before.report(result));

        after.report(result(left.getLast(), ANSWER));
        after.report(result);
        after.submit(prompt("three"));

        assertThat(after.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("three"));
        assertThat(after.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState)
                .contains(tuple(id("one"), RunState.ANSWERED), tuple(id("two"), RunState.ANSWERED));
    }

    @Test
    void whatWasDecidedIsDecided() {
        before.change(active("a", 1, 1));
        before.submit(prompt("p"));
        before.report(AgentResult.newBuilder(unfinished(task(), CALLS, List.of(step("A"))))
                .setPendingCalls(List.of(call("B")))
                .build());
        crashBefore(() -> before.control(control("p", RunControl.APPROVED, "B")));

        after.report(result(left.getLast(), ANSWER));
        after.control(control("p", RunControl.APPROVED, "B"));

        assertThat(after.tasks()).isEmpty();
        assertStates(RunState.RUNNING, RunState.ANSWERED);
    }

    @Test
    void aRunThatEndsDifferentlyLeavesNothingBehind() {
        before.change(active("a", 1, 1));
        before.submit(prompt("p"));
        var result = unfinished(task(), CALLS, List.of(step("A")));
        crashBefore(() -> before.report(result));

        after.change(deleted("a", 2, 1));
        after.report(result);

        assertThat(after.tasks()).isEmpty();
        assertThat(after.runs()).extracting(AgentRun::getState).contains(RunState.REFUSED);
        assertThat(after.dump(RouterStores.AHEAD)).isEmpty();
    }

    @Test
    void aSecondCrashForgetsNothing() {
        before.change(active("a", 1, 1));
        before.submit(prompt("p"));
        var result = unfinished(task(), CALLS, List.of(step("A")));
        crashBefore(() -> before.report(result));

        try (var third = RouterRig.withRoom(ROOM)) {
            after.pass(Duration.ofMillis(100));
            third.takeStateOf(after);
            third.leftBefore(left);
            third.report(result);
            third.report(result(left.getLast(), ANSWER));

            assertThat(third.tasks()).isEmpty();
            assertThat(third.runs().getLast().getState()).isEqualTo(RunState.ANSWERED);
        }
    }

    @Test
    void howeverManyHadLeft() {
        before.change(active("a", 1, 1));
        before.submit(prompt("p"));
        var all = IntStream.range(0, 2_300)
                .mapToObj(i -> AgentTask.newBuilder(task())
                        .setPromptId(id("p" + i))
                        .setTaskId(id("task" + i))
                        .build())
                .toList();
        after.leftBefore(all);

        after.pass(Duration.ofMillis(100));

        assertThat(after.runs())
                .extracting(AgentRun::getPromptId)
                .containsExactlyElementsOf(
                        all.stream().map(AgentTask::getPromptId).toList());
    }

    @Test
    void whatTheStateKnowsIsNotSaidAgain() {
        before.change(active("a", 1, 1));
        before.submit(prompt("p"));
        var task = task();
        after.takeStateOf(before);
        var old = AgentTask.newBuilder(task).setPromptId(id("old"));
        after.leftBefore(List.of(
                old.setRoutedAt(NOW.minus(Duration.ofDays(8))).build(),
                old.setRoutedAt(NOW).setNumber(0).build(),
                task));

        after.pass(Duration.ofSeconds(1));

        assertThat(after.runs()).isEmpty();
        assertThat(after.tasks()).isEmpty();
    }

    /** What happens here is lost, but for the tasks that leave; those that left before are in the log, too. */
    private void crashBefore(Runnable lost) {
        left.addAll(before.tasks());
        after.takeStateOf(before);
        lost.run();
        left.addAll(before.tasks());
        after.leftBefore(left);
    }

    /** The task that left last. */
    private AgentTask task() {
        left.addAll(before.tasks());
        return left.getLast();
    }

    private void assertStates(RunState... states) {
        assertThat(after.runs()).extracting(AgentRun::getState).containsExactly(states);
    }
}
