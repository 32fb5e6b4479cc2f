package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.call;
import static dev.latchkey.router.Given.control;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptAfter;
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
import dev.latchkey.events.ToolDecision;
import dev.latchkey.router.runs.Room;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router on another machine, with nothing but the changelogs of the one before. */
final class RestartTest {
    private static final Room ROOM = new Room(3, 1, 10);

    private final RouterRig before = RouterRig.withRoom(ROOM);
    private final RouterRig after = RouterRig.withRoom(ROOM);

    @BeforeEach
    void leaveARunInEveryState() {
        before.change(active("a", 1, 1));
        before.submit(prompt("answered"));
        before.report(result(before.tasks().getFirst(), new AnswerGiven("Fine.", null, null, null)));
        before.submit(prompt("pausing"));
        before.report(result(before.tasks().getFirst(), new RateLimited(5_000L)));
        before.submit(prompt("undecided"));
        before.report(AgentResult.newBuilder(unfinished(
                        before.tasks().getFirst(), new AnswerGiven("", null, null, null), List.of(step("A"))))
                .setPendingCalls(List.of(call("B")))
                .build());
        before.submit(prompt("released"));
        before.submit(prompt("queued"));
        before.submit(promptAfter("waiting", "b", 2));
        before.control(control("foretold", RunControl.CANCELLED, null));
        after.restoreFrom(before);
    }

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    @Test
    void hasTheSameState() {
        assertThat(RouterRig.STORES)
                .allSatisfy(store -> assertThat(after.dump(store)).isEqualTo(before.dump(store)));
        assertThat(after.dump(RouterStores.RUNS)).hasSize(7);
    }

    @Test
    void remembersPromptsAndDefaults() {
        after.submit(prompt("answered"));
        after.change(active("a", 1, 1));

        assertThat(after.runs()).isEmpty();
        assertThat(after.defaults()).isEmpty();
    }

    @Test
    void keepsTheTimeOfARetry() {
        after.pass(Duration.ofMillis(4_900));
        assertThat(after.tasks()).isEmpty();

        after.pass(Duration.ofMillis(100));
        after.report(result(before.tasks().getLast(), new AnswerGiven("Fine.", null, null, null)));

        assertThat(after.tasks())
                .extracting(AgentTask::getPromptId, AgentTask::getAttempt)
                .containsExactly(tuple(id("pausing"), 2));
    }

    @Test
    void foldsTheResultOfATaskReleasedBefore() {
        after.report(result(before.tasks().getLast(), new AnswerGiven("Fine.", null, null, null)));

        assertThat(after.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getState)
                .containsExactly(tuple(id("released"), RunState.ANSWERED), tuple(id("queued"), RunState.RUNNING));
    }

    @Test
    void goesOnWithWhatIsDecided() {
        after.report(result(before.tasks().getLast(), new AnswerGiven("Fine.", null, null, null)));
        after.report(result(after.tasks().getFirst(), new AnswerGiven("Fine.", null, null, null)));

        after.control(control("undecided", RunControl.APPROVED, "B"));

        assertThat(after.tasks())
                .extracting(AgentTask::getPromptId, AgentTask::getStep, AgentTask::getSteps, AgentTask::getDecisions)
                .containsExactly(tuple(id("undecided"), 2, List.of(step("A")), List.of(new ToolDecision("B", true))));
    }

    @Test
    void remembersACancellation() {
        after.submit(prompt("foretold"));

        assertThat(after.runs()).extracting(AgentRun::getState).containsExactly(RunState.CANCELLED);
    }

    @Test
    void goesOnWaiting() {
        after.change(active("b", 2, 2));
        after.change(deleted("a", 3, 1));

        assertThat(after.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("waiting"));
    }
}
